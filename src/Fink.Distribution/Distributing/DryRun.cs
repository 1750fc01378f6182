using Fink.Avro;
using Fink.Distribution.Configuration;
using Fink.Distribution.Planning;
using Fink.Distribution.Routing;
using Fink.ScienceDb;
using Fink.ScienceDb.Sources;

namespace Fink.Distribution.Distributing;

/// <summary>Evaluates the rules over the whole source and counts; no Kafka, no encoding.</summary>
internal sealed class DryRun(DistributionOptions options, IProgress<DistributionProgress>? progress)
{
    private readonly TopicTable _topics = new(options.OnlyTopics);
    private long _alerts;

    public DistributionSummary Run(CancellationToken cancellationToken)
    {
        var counts = new RunCounts(_topics, progress, options.FailuresKept) { Phase = DistributionPhase.Distributing };
        OnlyTopicsCheck.Check(options);
        using var source = new AlertSource(options, _topics, onPlan: null);
        counts.Found(source.Listing);
        if (source.CheckRules(counts.Fail) is null)
        {
            return counts.Summarise(DistributionEnd.NothingToDo, 0, null);
        }

        counts.RowsTotal = source.CutAll(counts.Fail).Sum(slice => slice.Rows);
        foreach (var file in source.Listing.Files)
        {
            if (cancellationToken.IsCancellationRequested || _alerts >= options.Limit)
            {
                break;
            }

            try
            {
                Count(source, file, counts, cancellationToken);
            }
            catch (Exception e) when (e is UnreadableFileException or ConfigurationException or AlertSchemaException)
            {
                counts.Fail(new FailedFile(file.Name, e is UnreadableFileException unreadable ? unreadable.Reason : e.Message));
            }
        }

        return counts.Summarise(
            cancellationToken.IsCancellationRequested ? DistributionEnd.Cancelled
            : _alerts >= options.Limit ? DistributionEnd.LimitReached
            : DistributionEnd.Done,
            0,
            null);
    }

    private void Count(AlertSource source, SourceFile file, RunCounts counts, CancellationToken cancellationToken)
    {
        var plan = source.PlanFor(file);
        var router = new Router(plan);
        using var scan = source.Database.Scan(file, plan.Scan);
        while (!cancellationToken.IsCancellationRequested && _alerts < options.Limit.GetValueOrDefault(long.MaxValue) && scan.MoveNext())
        {
            router.Route(scan.Batch);
            counts.AddRead(scan.Batch.RowCount);
            for (var row = 0; row < scan.Batch.RowCount && _alerts < options.Limit.GetValueOrDefault(long.MaxValue); row++)
            {
                _alerts += router[row].IsEmpty ? 0 : 1;
                foreach (var route in router[row])
                {
                    route.Topic.Matched++;
                }
            }

            counts.Report();
        }
    }
}
