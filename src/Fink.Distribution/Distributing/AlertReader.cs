using Fink.Avro;
using Fink.Distribution.Configuration;
using Fink.Distribution.Planning;
using Fink.Distribution.Routing;
using Fink.Distribution.WorkLists;
using Fink.ScienceDb;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Scans;

namespace Fink.Distribution.Distributing;

/// <summary>
/// The first half of the pipeline, one thread: takes slices, scans their rows once, routes them, encodes each alert once per
/// projection, and hands blocks to the sender.
/// </summary>
internal sealed class AlertReader(
    AlertSource source, RunCounts counts, PipelineQueues queues, long? limit)
{
    private readonly Dictionary<RoutePlan, RowEncoder[]> _encoders = [];
    private long _alerts;
    private long _slices;

    public bool IsLimitReached => _alerts >= limit;

    /// <summary>Reads until the backlog is done, the limit is reached, or it shall begin no further slice.</summary>
    public async Task ReadAllAsync(IWorkQueue work, CancellationToken noFurtherSlice, CancellationToken abort)
    {
        while (!IsLimitReached && !noFurtherSlice.IsCancellationRequested)
        {
            PlannedSlice? planned;
            try
            {
                planned = await work.NextAsync(noFurtherSlice);
            }
            catch (OperationCanceledException) when (noFurtherSlice.IsCancellationRequested)
            {
                return;
            }

            if (planned is null)
            {
                return;
            }

            Read(planned, abort);
        }
    }

    private void Read(PlannedSlice planned, CancellationToken abort)
    {
        var run = new SliceRun(++_slices, planned);
        var block = queues.Rent(run, abort);
        try
        {
            var file = source.Find(planned.Slice.File, planned.Slice.Size);
            var plan = source.PlanFor(file);
            block.Plan = plan;
            AnnounceNamed(plan, block);
            using var scan = source.Database.Scan(file, plan.Scan, new RowRange(planned.Slice.FirstRow, planned.Slice.EndRow));
            var router = new Router(plan, planned.Topics);
            while (!IsLimitReached && scan.MoveNext())
            {
                abort.ThrowIfCancellationRequested();
                router.Route(scan.Batch);
                counts.AddRead(scan.Batch.RowCount);
                block = Encode(scan.Batch, plan, router, block, abort);
                counts.Report();
            }
        }
        catch (Exception e) when (e is UnreadableFileException or ConfigurationException or AlertSchemaException)
        {
            run.Unreadable = e is UnreadableFileException unreadable ? unreadable.Reason : e.Message;
            counts.Fail(new FailedFile(planned.Slice.File, run.Unreadable));
        }

        block.EndsSlice = true;
        queues.Full.Add(block, abort);
    }

    private AlertBlock Encode(ColumnBatch batch, RoutePlan plan, Router router, AlertBlock block, CancellationToken abort)
    {
        var rows = new RowTexts(batch, plan);
        var encoders = EncodersOf(plan);
        Array.ForEach(encoders, encoder => encoder.Bind(batch));
        Announce(router, block);
        Span<Run> values = stackalloc Run[plan.Projections.Count];
        for (var row = 0; row < batch.RowCount && !IsLimitReached; row++)
        {
            var routes = router[row];
            if (routes.IsEmpty)
            {
                continue;
            }

            _alerts++;
            if (block.IsFull)
            {
                var slice = block.Slice!;
                queues.Full.Add(block, abort);
                block = queues.Rent(slice, abort);
                block.Plan = plan;
            }

            values.Clear();
            var texts = rows.Copy(row, block);
            foreach (var route in routes)
            {
                ref var value = ref values[plan.Rules[route.Rule].Projection];
                if (value.Length == 0)
                {
                    var start = block.Values.Length;
                    encoders[plan.Rules[route.Rule].Projection].Encode(row, block.Values);
                    value = new Run(start, block.Values.Length - start);
                }

                Add(block, route, value, texts);
            }
        }

        return block;
    }

    private static void Add(AlertBlock block, Route route, Run value, in RowTexts.Copied texts)
    {
        route.Topic.Matched++;
        block.Messages.Add(new BlockMessage(
            route.Topic, route.Rule, value, texts.AlertId, texts.ObjectId, texts.PartitionBy, texts.Key));
    }

    /// <summary>The topics that a batch brings up come with its first block, so that they are made together.</summary>
    private static void Announce(Router router, AlertBlock block)
    {
        foreach (var route in router.All)
        {
            Announce(route.Topic, block);
        }
    }

    /// <summary>A topic that a rule names is made also when no alert goes there: its subscribers may be there already.</summary>
    private static void AnnounceNamed(RoutePlan plan, AlertBlock block)
    {
        foreach (var topic in plan.Rules.Select(rule => rule.Topic).OfType<AlertTopic>())
        {
            Announce(topic, block);
        }
    }

    private static void Announce(AlertTopic topic, AlertBlock block)
    {
        if (!topic.IsAnnounced)
        {
            topic.IsAnnounced = true;
            block.NewTopics.Add(topic);
        }
    }

    private RowEncoder[] EncodersOf(RoutePlan plan)
    {
        if (!_encoders.TryGetValue(plan, out var encoders))
        {
            encoders = [.. plan.Projections.Select(projection => new RowEncoder(projection.Schema, plan.Scan.Columns))];
            _encoders.Add(plan, encoders);
        }

        return encoders;
    }
}
