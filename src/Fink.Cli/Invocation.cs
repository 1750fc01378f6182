using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Cli.Output;
using Fink.Cli.Terminals;
using Fink.Distribution.Configuration;
using Fink.Kafka;

namespace Fink.Cli;

/// <summary>One run of a command: what was written, where it runs, and how it answers.</summary>
internal sealed class Invocation
{
    private readonly ParseResult _parse;
    private readonly GlobalOptions _globals;
    private readonly Surroundings _surroundings;
    private readonly Lazy<Renderer> _renderer;
    private readonly Lazy<ClusterChoice> _cluster;

    public Invocation(ParseResult parse, GlobalOptions globals, Surroundings surroundings, CancellationToken cancellationToken)
    {
        _parse = parse;
        _globals = globals;
        _surroundings = surroundings;
        Cancellation = cancellationToken;
        Settings = new Settings(parse, surroundings, Tell);
        _renderer = new Lazy<Renderer>(() => RendererFor(Format(Settings.Output)));
        _cluster = new Lazy<ClusterChoice>(() => new ClusterChoice(Settings, surroundings, Note));
    }

    /// <summary>Set by the launcher at the checkout's root: what its user types for the tool.</summary>
    public const string CalledAs = "FINK_KAFKA_CALLED_AS";

    public CancellationToken Cancellation { get; }

    public Settings Settings { get; }

    public ClusterChoice Cluster => _cluster.Value;

    public Renderer Renderer => _renderer.Value;

    /// <summary>A renderer for a command that has formats of its own, or tells more than its result.</summary>
    public Renderer RendererFor(OutputFormat format, bool toError = false) => toError
        ? new Renderer(Terminal.OfErrors(), format, UsesColor(Terminal.IsErrorTerminal))
        : new Renderer(Terminal, format, UsesColor(Terminal.IsOutputTerminal));

    /// <summary>For a command that runs another one.</summary>
    public Surroundings Surroundings => _surroundings;

    public Terminal Terminal => _surroundings.Terminal;

    /// <summary>The command runs until somebody ends it.</summary>
    public void IsServer()
    {
        if (_surroundings.Interruption is { } interruption)
        {
            interruption.IsServer = true;
        }
    }

    public TimeProvider Time => _surroundings.Time;

    public IReadOnlyDictionary<string, string> Environment => _surroundings.Environment;

    public string? Variable(string name) => _surroundings.Variable(name);

    /// <summary>What runs this tool from any folder, as a shell reads it; null where its plain name does.</summary>
    public string? ToolPath()
    {
        if (Variable(CalledAs) is { } launcher)
        {
            return Escaped(launcher);
        }

        var isInstalled = Path.GetFileNameWithoutExtension(System.Environment.ProcessPath) == CommandTree.ToolName;
        return isInstalled ? null : $"dotnet {Escaped(Path.Combine(AppContext.BaseDirectory, CommandTree.ToolName + ".dll"))}";

        static string Escaped(string path) => path.Replace(" ", "\\ ", StringComparison.Ordinal);
    }

    public string Directory => _surroundings.Directory;

    public bool IsVerbose => _parse.GetValue(_globals.Verbose);

    public T? Get<T>(Option<T> option) => _parse.GetValue(option);

    public T? Get<T>(Argument<T> argument) => _parse.GetValue(argument);

    public bool IsGiven(Option option) => _parse.GetResult(option) is { Implicit: false };

    /// <summary>What a user should know; on the error stream, as results are elsewhere.</summary>
    public void Note(string message) => Terminal.Error.WriteLine(PlainText.Cell(message));

    public void Detail(string message)
    {
        if (IsVerbose)
        {
            Note(message);
        }
    }

    /// <summary>An admin's client of the cluster, as this user of our own cluster unless the command says otherwise.</summary>
    public KafkaAdmin OpenAdmin() => new(Cluster.Connect("admin"), Time);

    /// <summary>Asks before something is destroyed.</summary>
    /// <exception cref="UsageException">There is nobody to ask.</exception>
    /// <exception cref="CommandFailedException">The answer was no.</exception>
    public void Confirm(string what)
    {
        if (_parse.GetValue(_globals.Yes))
        {
            return;
        }

        if (!Terminal.IsInputTerminal)
        {
            throw new UsageException($"{what}? There is no terminal to ask at: say --yes to do it. Nothing was done");
        }

        Terminal.Error.Write($"{PlainText.Cell(what)}? [y/N] ");
        if (Terminal.Ask(Terminal.In.ReadLine, Cancellation)?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw new CommandFailedException("not confirmed, so nothing was done");
        }
    }

    private void Tell(ConfNote note)
    {
        if (note.IsWarning || IsVerbose)
        {
            Note($"{note.Position}: {note.Message}");
        }
    }

    private static OutputFormat Format(Setting output) => OutputFormats.Find(output.Value!)
        ?? throw new UsageException($"'{output.Value}' ({output.Origin}) is no output format: it is one of {string.Join(", ", OutputFormats.Names)}");

    private bool UsesColor(bool isTerminal) =>
        isTerminal && !_parse.GetValue(_globals.NoColor) && Variable("NO_COLOR") is null && Variable("TERM") != "dumb";
}
