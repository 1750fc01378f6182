using Fink.Distribution.Configuration;
using Fink.Distribution.Planning;
using Fink.Distribution.Tests.WorkLists;
using Fink.Distribution.WorkLists;
using Fink.ScienceDb;
using Fink.ScienceDb.Sources;

namespace Fink.Distribution.Tests.Planning;

public sealed class WorkPlannerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SourceFile A = new("a.parquet", "/a.parquet", 100, Noon);
    private static readonly SourceFile B = new("b.parquet", "/b.parquet", 200, Noon.AddHours(1));

    private readonly MemoryWorkLog _log = new();
    private readonly DistributionOptions _options = new()
    {
        Rules = DistributionRules.EveryAlertTo("t", new FilePosition("conf", 1)),
        Source = "/",
    };

    [Fact]
    public async Task No_file_is_planned_twice()
    {
        await PlanAsync(_options, A);
        var history = await PlanAsync(_options, A, B);

        Assert.Equal(["a.parquet", "b.parquet"], _log.Records.Select(record => record.File));
        Assert.Equal(2, history.Open.Count());
    }

    [Fact]
    public async Task A_file_that_was_written_anew_is_planned_anew()
    {
        await PlanAsync(_options, A);
        await PlanAsync(_options, A with { Size = 101 });

        Assert.Equal([100, 101], _log.Records.Select(record => record.Size));
    }

    [Fact]
    public async Task A_finished_slice_is_not_open()
    {
        var planned = (await PlanAsync(_options, A)).Open.Single();
        await _log.AppendAsync([WorkRecord.Of(FinishedSlice.Done(planned), Noon)], TestContext.Current.CancellationToken);

        Assert.Empty((await PlanAsync(_options, A)).Open);
    }

    [Fact]
    public async Task A_slice_that_failed_for_a_topic_is_planned_again_for_that_topic_alone()
    {
        var planned = (await PlanAsync(_options, A)).Open.Single();
        await _log.AppendAsync([WorkRecord.Of(new FinishedSlice(planned, ["denied"], "no right"), Noon)], TestContext.Current.CancellationToken);

        var again = (await PlanAsync(_options, A)).Open.Single();

        Assert.Equal(2, again.Attempt);
        Assert.Equal(["denied"], again.Topics);
    }

    [Fact]
    public async Task An_unreadable_slice_is_planned_again_whole()
    {
        var planned = (await PlanAsync(_options, A)).Open.Single();
        await _log.AppendAsync([WorkRecord.Of(new FinishedSlice(planned, null, "broken"), Noon)], TestContext.Current.CancellationToken);

        Assert.Null((await PlanAsync(_options, A)).Open.Single().Topics);
    }

    [Fact]
    public async Task Earliest_plans_again_what_is_done()
    {
        var planned = (await PlanAsync(_options, A)).Open.Single();
        await _log.AppendAsync([WorkRecord.Of(FinishedSlice.Done(planned), Noon)], TestContext.Current.CancellationToken);

        Assert.Equal(2, (await PlanAsync(_options with { Start = StartPosition.Earliest }, A)).Open.Single().Attempt);
    }

    [Fact]
    public async Task A_time_passes_over_older_files()
    {
        var history = await PlanAsync(_options with { Start = StartPosition.After(Noon.AddMinutes(1)) }, A, B);

        Assert.Equal("b.parquet", history.Open.Single().Slice.File);
    }

    [Fact]
    public async Task An_offset_file_counts_once_and_what_it_passed_over_stays_passed_over()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, $"distributed till, {Noon.AddMinutes(1).ToUnixTimeMilliseconds()}", TestContext.Current.CancellationToken);
        var first = await PlanAsync(_options with { OffsetFile = path }, A, B);
        File.Delete(path);

        var second = await PlanAsync(_options with { OffsetFile = path }, A, B);

        Assert.Equal("b.parquet", first.Open.Single().Slice.File);
        Assert.Equal("b.parquet", second.Open.Single().Slice.File);
    }

    [Fact]
    public async Task A_file_that_cannot_be_cut_is_named_and_stops_no_other()
    {
        var planner = new WorkPlanner(_log, file => file == A ? throw new UnreadableFileException(A.Name, "broken") : Cut(file), _options, TimeProvider.System);

        var (history, failed) = await planner.PlanAsync([A, B], TestContext.Current.CancellationToken);

        Assert.Equal([new FailedFile("a.parquet", "broken")], failed);
        Assert.Equal("b.parquet", history.Open.Single().Slice.File);
    }

    [Fact]
    public void An_offset_file_that_says_something_else_is_an_error() =>
        Assert.Contains("distributed till", Assert.Throws<DistributionException>(() => OffsetFile.Parse("1569326400000", "f")).Message, StringComparison.Ordinal);

    private static IReadOnlyList<Slice> Cut(SourceFile file) => [new Slice(file.Name, file.Size, 0, 10)];

    private async Task<WorkHistory> PlanAsync(DistributionOptions options, params SourceFile[] files) =>
        (await new WorkPlanner(_log, Cut, options, TimeProvider.System).PlanAsync(files, TestContext.Current.CancellationToken)).History;
}
