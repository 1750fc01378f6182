using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Distribution;
using Fink.Distribution.Configuration;

namespace Fink.Cli.Commands.Alerts;

internal static class DistributeCommand
{
    public static Verb Create(string name = "distribute", bool hidden = false)
    {
        var source = new Option<string?>("--source") { Description = "The science database: a folder, a glob or a file [default: the rules', else $FINK_HOME/online/science]", HelpName = "PATH" };
        var rules = new Option<string?>("--rules") { Description = "Which alerts go where, as YAML or XML [default: the conf file's, else conf/distribution.yaml]", HelpName = "FILE" };
        var job = new Option<string>("--job") { Description = "Whose progress to go on with", HelpName = "JOB", DefaultValueFactory = _ => "default" };
        var topics = new Option<string[]>("--topic") { Description = "Only this topic, for a look: no progress moves", HelpName = "TOPIC" };
        var limit = new Option<long?>("--limit") { Description = "Only so many alerts, for a look: no progress moves", HelpName = "N" };
        limit.RequireAtLeast(1);
        var exitAfter = new Option<TimeSpan?>("--exit-after", "--exit_after") { Description = "Begin nothing new after this long", HelpName = "TIME", CustomParser = GlobalOptions.ParseDuration };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only evaluate the rules and count, without Kafka" };
        var command = $"{(hidden ? "start " : "")}{name}";
        return new Verb(
            name,
            "Send the science database's alerts, as Avro, into the topics whose rule they match",
            run => RunAsync(
                run,
                () => Options(run, run.Get(source), run.Get(rules)) with
                {
                    Job = run.Get(job)!,
                    OnlyTopics = run.Get(topics) ?? [],
                    Limit = run.Get(limit),
                    ExitAfter = run.Get(exitAfter),
                },
                run.Get(dryRun)),
            $"{command} --source online/science --rules conf/distribution.yaml",
            $"{command} --dry-run",
            $"{command} -c conf/fink.conf.distribution --exit-after 1h")
        {
            source, rules, job, topics, limit, exitAfter, dryRun,
        }.Also(verb => verb.Hidden = hidden);
    }

    private static async Task<int> RunAsync(Invocation run, Func<DistributionOptions> read, bool isDryRun)
    {
        var options = read();
        using var progress = new DistributionReport(run.Terminal, run.Time);
        var summary = isDryRun
            ? await DistributionJob.DryRunAsync(options, progress, run.Cancellation)
            : await DistributionJob.RunAsync(options, run.Cluster.Connect("finkProducer"), progress, run.Time, run.Cancellation);
        progress.Dispose();
        return DistributionResult.Write(run, summary, options, isDryRun);
    }

    private static DistributionOptions Options(Invocation run, string? source, string? rulesFile)
    {
        var settings = run.Settings;
        // The conf file's own rules are chosen with its topic, so only a file that the user named is passed on.
        var named = rulesFile ?? run.Variable("FINK_KAFKA_RULES");
        var rules = RulesFile.Choose(named is null ? null : settings.FullPath(named), settings.File, run.Directory);
        var start = settings.Offset;
        return new DistributionOptions
        {
            Rules = rules,
            Source = settings.FullPath(source ?? run.Variable("FINK_KAFKA_SOURCE") ?? rules.Source ?? DefaultSource(settings)),
            Start = start.Value is null ? StartPosition.Latest : StartPosition.Parse(start.Value)
                ?? throw new UsageException($"DISTRIBUTION_OFFSET '{start.Value}' ({start.Origin}): it is latest, earliest or milliseconds since 1970"),
            OffsetFile = FullPath(settings, settings.OffsetFile),
            SchemaFile = FullPath(settings, settings.SchemaFile),
        };
    }

    private static string DefaultSource(Settings settings) => settings.FinkHome.Value is { } home
        ? Path.Combine(home, "online", "science")
        : throw new UsageException("no science database: give --source, a source in the rules file, or FINK_HOME");

    private static string? FullPath(Settings settings, Setting setting) => setting.Value is { } path ? settings.FullPath(path) : null;

    private static Verb Also(this Verb verb, Action<Verb> change)
    {
        change(verb);
        return verb;
    }
}
