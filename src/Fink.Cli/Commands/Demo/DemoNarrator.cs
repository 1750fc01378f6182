using System.Globalization;
using System.Text.RegularExpressions;
using Fink.Cli.Output;

namespace Fink.Cli.Commands.Demo;

/// <summary>Tells somebody who has never seen Kafka what happens; on the error stream where the output is for programs.</summary>
internal sealed partial class DemoNarrator
{
    private const string Indent = "      ";

    private readonly Invocation _run;
    private readonly string _folder;
    private readonly Renderer _renderer;
    private readonly TextWriter _out;
    private readonly int _width;

    public DemoNarrator(Invocation run, string folder)
    {
        (_run, _folder) = (run, folder);
        var isForPeople = run.Renderer.Format == OutputFormat.Table;
        _out = isForPeople ? run.Terminal.Out : run.Terminal.Error;
        _width = Math.Clamp((isForPeople ? run.Terminal.Width : run.Terminal.ErrorWidth) - 1, 40, 100);
        _renderer = isForPeople ? run.Renderer : run.RendererFor(OutputFormat.Table, toError: true);
    }

    public TextWriter Output => _out;

    public void Open(int steps, bool isKept)
    {
        Say($"A night of alerts through Kafka, in {steps} steps. All of it is in {_folder}, which {(isKept ? "stays" : "is removed at the end")}. Each step shows the commands that do it by hand{(isKept ? "" : "; with --keep all of it stays, to run them yourself")}{(Typed() == CommandTree.ToolName ? "" : $" (where fink-kafka stands for {Typed()})")}.", "");
        if (isKept && Foreign() is { Length: > 0 } foreign)
        {
            Say($"Your shell sets {foreign}: the demo does not go by it, the commands typed by hand would. Unset it there first.", "");
        }
    }

    public void Begin(int number, int steps, DemoStep step)
    {
        _out.WriteLine();
        _renderer.WriteHeading($"{$"{number}/{steps}",-6}{step.Title}");
        Say(step.Explanation, Indent);
    }

    public void Command(string command)
    {
        // A shell joins what a backslash at a line's end has parted.
        const string parted = " \\";
        var line = $"{Indent}$ {CommandTree.ToolName}";
        foreach (var word in Words(command))
        {
            if (line.Length + 1 + word.Length + parted.Length > _width)
            {
                _out.WriteLine(line + parted);
                line = $"{Indent}   ";
            }

            line += $" {word}";
        }

        _out.WriteLine(line);
        _out.Flush();
    }

    public void Result(Result result)
    {
        _renderer.Write(result);
        _out.Flush();
    }

    public void Close(bool isRight, int messages, int topics, TimeSpan took, bool isKept)
    {
        _out.WriteLine();
        var seconds = took.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        _renderer.WriteHeading(isRight
            ? $"Every count is right: {messages} messages in {topics} topics, each where it belongs, none lost, none twice ({seconds} s)."
            : "COUNTS DIFFER: see the table above. This is a fault of fink-kafka: please report it.");
        if (isKept)
        {
            GoOn();
        }
        else
        {
            Next();
        }

        _out.Flush();
    }

    /// <summary>The words of a command, an option together with its value.</summary>
    private static IEnumerable<string> Words(string command) =>
        OptionWithValue().Matches(command).Select(match => match.Value);

    [GeneratedRegex(@"-\S+ [^-\s]\S*|\S+")]
    private static partial Regex OptionWithValue();

    private void Next()
    {
        Say($"Nothing is left of it: the cluster is stopped, {_folder} is removed.", "");
        _out.WriteLine();
        _out.WriteLine("What to try next:");
        Commands(
            Typed(),
            ("demo --keep", "the same, and it stays for you to play with"),
            ("start", "a cluster of your own"),
            ("--help", "all commands; each has its own --help"));
    }

    private void GoOn()
    {
        Say("The cluster runs on. To run the commands above yourself, and these:", "");
        _out.WriteLine($"  cd {Quoted(_folder)}");
        if (_run.ToolPath() is { } path)
        {
            _out.WriteLine($"  alias {CommandTree.ToolName}={(path.Contains(' ') ? $"'{path}'" : path)}");
        }

        Commands(
            CommandTree.ToolName,
            ($"status {DemoScript.Cluster}", "what runs, and since when"),
            ($"topic describe {DemoTopic.OfAna} {DemoScript.Cluster}", "its partitions and settings"),
            ($"acl list {DemoScript.Cluster}", "who may do what"),
            ($"consume {DemoTopic.OfAna} --limit 1 -o json {DemoScript.Cluster}", "a whole alert"));
        _out.WriteLine("To end it:");
        Commands(CommandTree.ToolName, ($"stop {DemoScript.Cluster}", ""));
        _out.WriteLine($"  rm -r {Quoted(_folder)}");
    }

    /// <summary>The tool as its user called it here.</summary>
    private string Typed() => _run.ToolPath() switch
    {
        null => CommandTree.ToolName,
        var path when Path.GetDirectoryName(path) == _run.Directory => $"./{Path.GetFileName(path)}",
        var path => path,
    };

    private void Commands(string tool, params IReadOnlyList<(string Command, string About)> commands)
    {
        var widest = commands.Max(command => command.Command.Length);
        foreach (var (command, about) in commands)
        {
            var line = $"  {tool} {command}";
            _out.WriteLine(about.Length == 0 ? line : $"{line.PadRight(widest + tool.Length + 3)}  # {about}");
        }
    }

    private string Foreign() => string.Join(", ", _run.Environment.Keys.Where(DemoTool.IsForeign).Where(name => name != Invocation.CalledAs).Order());

    private static string Quoted(string path) => path.Contains(' ') ? $"'{path}'" : path;

    /// <summary>A paragraph, broken between words where the terminal ends.</summary>
    private void Say(string text, string indent)
    {
        var line = indent;
        foreach (var word in text.Split(' '))
        {
            if (line.Length > indent.Length && line.Length + 1 + word.Length > _width)
            {
                _out.WriteLine(line);
                line = indent;
            }

            line += line.Length > indent.Length ? " " + word : word;
        }

        _out.WriteLine(line);
    }
}
