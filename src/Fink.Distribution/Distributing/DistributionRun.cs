using Fink.Distribution.Configuration;
using Fink.Distribution.Planning;
using Fink.Distribution.Publishing;
using Fink.Distribution.Routing;
using Fink.Distribution.WorkLists;
using Fink.Kafka;
using Fink.Kafka.Clients;
using Fink.Kafka.Properties;

namespace Fink.Distribution.Distributing;

/// <summary>One run: prepares, so that what is wrong is said before anything is sent, then runs the pipeline.</summary>
internal sealed class DistributionRun(
    DistributionOptions options, KafkaConnection connection, IProgress<DistributionProgress>? progress, TimeProvider time)
{
    /// <summary>How long a slice that is under way may take when the run is called off.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly TopicTable _topics = new(options.OnlyTopics);
    private readonly RegisteredSchemas _registered = new(options.SchemaFile is { } file ? Path.GetDirectoryName(Path.GetFullPath(file)) : null);

    public async Task<DistributionSummary> RunAsync(CancellationToken cancellationToken)
    {
        var counts = new RunCounts(_topics, progress, options.FailuresKept);
        counts.Report();
        OnlyTopicsCheck.Check(options);
        using var source = new AlertSource(options, _topics, plan => WriteSchemas(plan, counts));
        counts.Found(source.Listing);
        if (source.CheckRules(counts.Fail) is null)
        {
            return counts.Summarise(DistributionEnd.NothingToDo, 0, null);
        }

        using var admin = new KafkaAdmin(connection, time);
        return options.IsLook
            ? await LookAsync(source, admin, counts, cancellationToken)
            : await WorkAsync(source, admin, counts, cancellationToken);
    }

    private async Task<DistributionSummary> LookAsync(
        AlertSource source, KafkaAdmin admin, RunCounts counts, CancellationToken cancellationToken)
    {
        var slices = source.CutAll(counts.Fail);
        counts.RowsTotal = slices.Sum(slice => slice.Rows);
        var work = new UnrecordedWork(slices);
        return await DistributeAsync(source, admin, work, work, counts, slices.Count, cancellationToken);
    }

    private async Task<DistributionSummary> WorkAsync(
        AlertSource source, KafkaAdmin admin, RunCounts counts, CancellationToken cancellationToken)
    {
        using var log = new KafkaWorkLog(connection, options.Job, time);
        await log.CreateAsync(admin, cancellationToken);
        // Joining the group takes its time: it goes on while the files are planned.
        using var work = new GroupWork(connection, log.Name, log, isWaiting => Phase(counts, isWaiting), time);
        var planner = new WorkPlanner(log, source.Cut, options, time);
        var (history, failed) = await planner.PlanAsync(source.Listing.Files, cancellationToken);
        foreach (var file in failed)
        {
            counts.Fail(file);
        }

        var open = history.Open.ToList();
        counts.RowsTotal = open.Sum(planned => planned.Slice.Rows);
        return await DistributeAsync(source, admin, work, work, counts, open.Count, cancellationToken);
    }

    private async Task<DistributionSummary> DistributeAsync(
        AlertSource source,
        KafkaAdmin admin,
        IWorkQueue work,
        ISliceCommit commit,
        RunCounts counts,
        int slices,
        CancellationToken cancellationToken)
    {
        var settings = PublishSettings.For(connection, [.. options.Rules.Topics.Select(rule => rule.Settings)], options.SendQueueMegabytes);
        var queueBytes = options.SendQueueMegabytes * 1024L * 1024;
        using var queues = new PipelineQueues(queueBytes);
        using var sender = OpenSender(settings, queueBytes, counts, admin, queues);
        var reader = new AlertReader(source, counts, queues, options.Limit);
        using var timeUp = new CancellationTokenSource(options.ExitAfter ?? Timeout.InfiniteTimeSpan, time);
        using var noFurther = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var calledOff = cancellationToken.Register(() => abort.CancelAfter(Grace));
        counts.Phase = DistributionPhase.Distributing;
        counts.Report();
        var error = await new Pipeline(reader, sender, commit, counts, queues).RunAsync(work, noFurther.Token, abort.Token);
        var left = Math.Max(0, slices - counts.SlicesDone);
        counts.Report();
        return counts.Summarise(EndOf(), left, error);

        DistributionEnd EndOf() => true switch
        {
            _ when error is not null => DistributionEnd.Stopped,
            _ when cancellationToken.IsCancellationRequested => DistributionEnd.Cancelled,
            _ when reader.IsLimitReached => DistributionEnd.LimitReached,
            _ when timeUp.IsCancellationRequested && left > 0 => DistributionEnd.TimeUp,
            _ when counts.Read == 0 && counts.SlicesDone == 0 => DistributionEnd.NothingToDo,
            _ => DistributionEnd.Done,
        };
    }

    /// <exception cref="ClientPropertiesException">The user's properties tune the producer in a way that there is none.</exception>
    private AlertSender OpenSender(
        IReadOnlyDictionary<string, string> settings, long queueBytes, RunCounts counts, KafkaAdmin admin, PipelineQueues queues)
    {
        try
        {
            return new AlertSender(
                settings, queueBytes, options.Rules, counts, new TopicPreparation(admin.Topics, counts.Notice), new ClientWatch(connection, time), queues, time);
        }
        catch (ArgumentException e)
        {
            throw new ClientPropertiesException($"{connection.Properties.Source ?? "The client properties"}: {e.Message}.", e);
        }
    }

    private static void Phase(RunCounts counts, bool isWaiting)
    {
        counts.Phase = isWaiting ? DistributionPhase.Waiting : DistributionPhase.Distributing;
        if (isWaiting)
        {
            counts.Report();
        }
    }

    private void WriteSchemas(RoutePlan plan, RunCounts counts)
    {
        _registered.Write(plan);
        if (options.SchemaFile is not { } path)
        {
            NoticeUndecodable(plan, counts);
            return;
        }

        // Without a key the file is all that a subscriber can decode by: it has what the messages have, if they are all alike.
        var isOnlyGuide = options.Rules.Key == KeyFormat.None && plan.Projections.Count == 1;
        SchemaFile.Write(path, isOnlyGuide ? plan.Projections[0].Schema : plan.Whole);
    }

    /// <summary>Nobody can read a message whose schema is neither in it nor in a file, nor known to a registry.</summary>
    private void NoticeUndecodable(RoutePlan plan, RunCounts counts)
    {
        foreach (var rule in plan.Rules)
        {
            var isUndecodable = plan.Forms[rule.Form].Wire switch
            {
                WireForm.Bare => options.Rules.Key == KeyFormat.None,
                WireForm.Confluent => options.Rules.Key != KeyFormat.Schema && rule.Rule.Settings.SchemaId is null,
                _ => false,
            };
            if (isUndecodable)
            {
                counts.Notice($"the messages of '{rule.Rule.Label}' have no schema that a reader could find: DISTRIBUTION_SCHEMA names no file to write it to");
            }
        }
    }
}
