using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Client;
using Fink.Kafka;

namespace Fink.Cli.Commands.Alerts;

/// <summary>What to read, from where, until when, and where files go.</summary>
internal sealed class ConsumeOptions
{
    private readonly Option<string> _from = new("--from") { Description = "beginning, end, an offset, @MILLISECONDS or an ISO time", HelpName = "PLACE", DefaultValueFactory = _ => "beginning" };
    private readonly Option<string?> _group = new("--group") { Description = "Read as a member of this group, which remembers its place; without it nothing is committed", HelpName = "GROUP" };
    private readonly Option<long?> _limit = new("--limit") { Description = "End after so many alerts", HelpName = "N" };
    private readonly Option<bool> _untilEnd = new("--until-end") { Description = "End where the topics end now" };
    private readonly Option<string?> _schema = new("--schema") { Description = "Avro schema for messages without one in their key [default: the conf file's DISTRIBUTION_SCHEMA]", HelpName = "FILE" };
    private readonly Option<string> _outdir = new("--outdir") { Description = "Where -o avro puts its files", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files that are there" };
    private readonly Option<TimeSpan?> _exitAfter = new("--exit-after", "--exit_after") { Description = "End after this long", HelpName = "TIME", CustomParser = GlobalOptions.ParseDuration };

    public ConsumeOptions() => _limit.RequireAtLeast(1);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _from, _group, _limit, _untilEnd, _schema, _outdir, _overwrite, _exitAfter })
        {
            command.Options.Add(option);
        }
    }

    public TimeSpan? ExitAfter(Invocation run) => run.Get(_exitAfter);

    public string OutputFolder(Invocation run) => run.Settings.FullPath(run.Get(_outdir)!);

    public bool IsOverwriting(Invocation run) => run.Get(_overwrite);

    /// <exception cref="UsageException">A place that is none, or a schema file that cannot be read.</exception>
    public AlertReaderOptions Read(Invocation run, IReadOnlyList<string> topics, KafkaConnection connection) => new()
    {
        Connection = connection.ToConsumerSettings(),
        Topics = topics,
        From = Place(run.Get(_from)!),
        Group = run.Get(_group),
        Limit = run.Get(_limit),
        UntilEnd = run.Get(_untilEnd),
        Schema = Schema(run),
        Timeout = connection.Timeout,
    };

    private static StartPosition Place(string text)
    {
        try
        {
            return StartPosition.Parse(text);
        }
        catch (FormatException)
        {
            throw new UsageException($"--from '{text}': give beginning, end, an offset, @MILLISECONDS since 1970 or an ISO time such as 2026-01-31T00:00:00Z");
        }
    }

    private string? Schema(Invocation run)
    {
        var named = run.Get(_schema);
        var path = named ?? run.Settings.SchemaFile.Value;
        if (path is null || (named is null && !File.Exists(run.Settings.FullPath(path))))
        {
            return null;
        }

        try
        {
            return File.ReadAllText(run.Settings.FullPath(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--schema {path}: {error.Message}");
        }
    }
}
