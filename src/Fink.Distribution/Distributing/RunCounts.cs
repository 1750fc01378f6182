using Fink.Distribution.Routing;
using Fink.ScienceDb.Sources;

namespace Fink.Distribution.Distributing;

/// <summary>What a run has counted. Each number is written by one thread and may be read by any.</summary>
internal sealed class RunCounts(TopicTable topics, IProgress<DistributionProgress>? progress, int failuresKept)
{
    private readonly Lock _lock = new();
    private readonly List<FailedAlert> _failures = [];
    private readonly List<FailedFile> _failedFiles = [];
    private readonly List<string> _notices = [];
    private long _read;

    public DistributionPhase Phase { get; set; } = DistributionPhase.Preparing;

    public int Files { get; private set; }

    public long RowsTotal { get; set; }

    public long Read => Interlocked.Read(ref _read);

    public int SlicesDone { get; set; }

    /// <summary>Takes in what the source holds, before anything of it is read.</summary>
    public void Found(SourceListing listing)
    {
        Files = listing.Files.Count;
        foreach (var file in listing.Unreadable)
        {
            Fail(new FailedFile(file.File, file.Reason));
        }
    }

    public void AddRead(long rows) => Interlocked.Add(ref _read, rows);

    public void Fail(FailedAlert alert)
    {
        lock (_lock)
        {
            if (_failures.Count < failuresKept)
            {
                _failures.Add(alert);
            }
        }
    }

    public void Fail(FailedFile file)
    {
        lock (_lock)
        {
            if (!_failedFiles.Contains(file))
            {
                _failedFiles.Add(file);
            }
        }
    }

    public void Notice(string text)
    {
        lock (_lock)
        {
            if (!_notices.Contains(text))
            {
                _notices.Add(text);
            }
        }
    }

    public void Report()
    {
        if (progress is not null)
        {
            var counts = topics.Counts();
            progress.Report(new DistributionProgress(
                Phase, RowsTotal, Read, counts.Sum(topic => topic.Matched), counts.Sum(topic => topic.Sent), counts.Sum(topic => topic.Failed)));
        }
    }

    public DistributionSummary Summarise(DistributionEnd end, int slicesLeft, Exception? error)
    {
        lock (_lock)
        {
            return new DistributionSummary
            {
                End = end,
                Files = Files,
                Read = Read,
                Topics = topics.Counts(),
                SlicesDone = SlicesDone,
                SlicesLeft = slicesLeft,
                Failures = [.. _failures],
                FailedFiles = [.. _failedFiles],
                Notices = [.. _notices],
                Error = error,
            };
        }
    }
}
