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

    private readonly AlertReadingOptions _reading = new();
    private readonly Option<string?> _group = new("--group") { Description = "Read as a member of this group, which remembers its place; without it nothing is committed", HelpName = "GROUP" };
    private readonly Option<long?> _limit = new("--limit") { Description = "End after so many alerts", HelpName = "N" };
    private readonly Option<bool> _untilEnd = new("--until-end") { Description = "End where the topics end now" };
    private readonly Option<bool> _skipDuplicates = new("--skip-duplicates") { Description = "Leave out an alert that its topic had among the last hundred thousand" };
    private readonly Option<string> _outdir = new("--outdir") { Description = "Where -o avro puts its files", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
    private readonly Option<string?> _html = new("--html") { Description = "Write a page an alert, and an index over them, to this folder, beside what is printed", HelpName = "FOLDER" };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files that are there" };
    private readonly Option<TimeSpan?> _exitAfter = new("--exit-after", "--exit_after") { Description = "End after this long", HelpName = "TIME", CustomParser = GlobalOptions.ParseDuration };

    public ConsumeOptions() => _limit.RequireAtLeast(1);

    public void AddTo(Command command)
    {
        _reading.AddTo(command);
        foreach (var option in new Option[] { _group, _limit, _untilEnd, _skipDuplicates, _outdir, _html, _overwrite, _exitAfter })
        {
            command.Options.Add(option);
        }
    }

    public TimeSpan? ExitAfter(Invocation run) => run.Get(_exitAfter);

    public string OutputFolder(Invocation run) => run.Settings.FullPath(run.Get(_outdir)!);

    /// <summary>Null where no pages were asked for.</summary>
    public string? PageFolder(Invocation run) => run.Get(_html) is { } folder ? run.Settings.FullPath(folder) : null;

    public bool IsOverwriting(Invocation run) => run.Get(_overwrite);

    /// <exception cref="UsageException">A place that is none.</exception>
    /// <exception cref="AlertReadException">A schema that cannot be read, or is none.</exception>
    public AlertConsumerOptions Read(Invocation run, IReadOnlyList<string> topics, KafkaConnection connection) => _reading.Read(run, topics, connection) with
    {
        Group = run.Get(_group),
        Limit = run.Get(_limit),
        UntilEnd = run.Get(_untilEnd),
        DuplicateWindow = run.Get(_skipDuplicates) ? RememberedAlerts : 0,
    };
}
