using Fink.Avro;
using Fink.Avro.Encoding;
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
        Span<Run> datums = stackalloc Run[plan.Projections.Count];
        Span<Run> values = stackalloc Run[plan.Forms.Count];
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

            datums.Clear();
            values.Clear();
            var texts = rows.Copy(row, block);
            foreach (var route in routes)
            {
                ref var value = ref values[plan.Rules[route.Rule].Form];
                if (value.Length == 0)
                {
                    var form = plan.Forms[plan.Rules[route.Rule].Form];
                    value = Write(row, form, encoders[form.Projection], ref datums[form.Projection], block.Values);
                }

                Add(block, route, value, texts);
            }
        }

        return block;
    }

    /// <summary>Writes an alert in a form. Its datum is encoded for the first form and copied for the others; bare, it is the one in another form.</summary>
    private static Run Write(int row, AlertForm form, RowEncoder encoder, ref Run datum, AvroBuffer buffer)
    {
        if (datum.Length > 0 && form.Wire == WireForm.Bare)
        {
            return datum;
        }

        form.Frame.Open(buffer);
        var start = buffer.Length;
        if (datum.Length == 0)
        {
            encoder.Encode(row, buffer);
            datum = new Run(start, buffer.Length - start);
        }
        else
        {
            buffer.AppendAgain(datum.Start, datum.Length);
        }

        var first = form.Frame.Close(buffer, start);
        return new Run(first, buffer.Length - first);
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
