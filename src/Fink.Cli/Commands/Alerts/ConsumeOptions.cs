using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Client;
using Fink.Kafka;

namespace Fink.Cli.Commands.Alerts;

/// <summary>What to read, from where, until when, and where files go.</summary>
internal sealed class ConsumeOptions
{
    // Some megabytes: more alerts than a producer that is started anew sends again.
    private const int RememberedAlerts = 100_000;

    private readonly Option<string> _from = new("--from") { Description = "beginning, end, an offset, @MILLISECONDS or an ISO time", HelpName = "PLACE", DefaultValueFactory = _ => "beginning" };
    private readonly Option<string?> _group = new("--group") { Description = "Read as a member of this group, which remembers its place; without it nothing is committed", HelpName = "GROUP" };
    private readonly Option<long?> _limit = new("--limit") { Description = "End after so many alerts", HelpName = "N" };
    private readonly Option<bool> _untilEnd = new("--until-end") { Description = "End where the topics end now" };
    private readonly Option<string?> _schema = new("--schema") { Description = "Avro schema for messages without one in their key; a folder has one for each version [default: the conf file's DISTRIBUTION_SCHEMA]", HelpName = "FILE" };
    private readonly Option<string?> _wire = new("--wire") { Description = "bare, confluent or ocf: what stands around each alert [default: what its header wire says, else bare]", HelpName = "FORM" };
    private readonly Option<bool> _skipBad = new("--skip-bad") { Description = "Leave out messages that are no alerts, and say which; without it the first one ends the reading" };
    private readonly Option<bool> _skipDuplicates = new("--skip-duplicates") { Description = "Leave out an alert that its topic had among the last hundred thousand" };
    private readonly Option<string> _outdir = new("--outdir") { Description = "Where -o avro puts its files", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files that are there" };
    private readonly Option<TimeSpan?> _exitAfter = new("--exit-after", "--exit_after") { Description = "End after this long", HelpName = "TIME", CustomParser = GlobalOptions.ParseDuration };

    public ConsumeOptions()
    {
        _limit.RequireAtLeast(1);
        _wire.AcceptOnlyFromAmong([.. Enum.GetNames<WireForm>().Select(name => name.ToLowerInvariant())]);
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _from, _group, _limit, _untilEnd, _schema, _wire, _skipBad, _skipDuplicates, _outdir, _overwrite, _exitAfter })
        {
            command.Options.Add(option);
        }
    }

    public TimeSpan? ExitAfter(Invocation run) => run.Get(_exitAfter);

    public string OutputFolder(Invocation run) => run.Settings.FullPath(run.Get(_outdir)!);

    public bool IsOverwriting(Invocation run) => run.Get(_overwrite);

    /// <exception cref="UsageException">A place that is none.</exception>
    /// <exception cref="AlertReadException">A schema that cannot be read, or is none.</exception>
    public AlertConsumerOptions Read(Invocation run, IReadOnlyList<string> topics, KafkaConnection connection) => new()
    {
        Connection = AlertConnection.Of(connection.ToConsumerSettings()),
        Topics = topics,
        From = Place(run.Get(_from)!),
        Group = run.Get(_group),
        Limit = run.Get(_limit),
        UntilEnd = run.Get(_untilEnd),
        Schemas = Schemas(run, run.Get(_schema)),
        Wire = run.Get(_wire) is { } form ? Enum.Parse<WireForm>(form, ignoreCase: true) : null,
        SkipBad = run.Get(_skipBad) ? bad => run.Note($"fink-kafka: {bad.Message} It was skipped.") : null,
        DuplicateWindow = run.Get(_skipDuplicates) ? RememberedAlerts : 0,
        Timeout = connection.Timeout,
    };

    public static StartPosition Place(string text)
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

    public static AlertSchemas Schemas(Invocation run, string? named)
    {
        var path = named ?? run.Settings.SchemaFile.Value;
        if (path is null || (named is null && !File.Exists(run.Settings.FullPath(path))))
        {
            return AlertSchemas.None;
        }

        return AlertSchemas.Load(run.Settings.FullPath(path));
    }
}
