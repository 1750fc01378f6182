using Fink.Kafka.Broker.Groups.Requests;

namespace Fink.Kafka.Broker.Tests.Groups;

/// <summary>What clients were told, held against itself.</summary>
internal sealed class ChurnBook
{
    private readonly Dictionary<int, string> _leaders = [];
    private readonly Dictionary<(int Generation, string Member), string> _assignments = [];
    private readonly HashSet<int> _forming = [];

    public int Generations => _leaders.Count;

    private int _names;

    public int Newest { get; private set; }

    public int StaleRefused { get; set; }

    public string NewName() => $"n{++_names}";

    /// <summary>A member was told of a generation, for the first time or again.</summary>
    /// <param name="isCurrent">Whether the coordinator takes it for the group's; an answer may be read late.</param>
    public void Joined(JoinResult result, bool isCurrent)
    {
        if (isCurrent) Assert.True(result.Generation >= Newest, $"Generation {result.Generation} came back after {Newest}.");
        Newest = Math.Max(Newest, result.Generation);
        if (result.SkipAssignment || result.Leader != result.MemberId) return;
        Assert.Single(result.Members, member => member.MemberId == result.MemberId);
        Assert.Equal(result.Members.Count, result.Members.Select(member => member.MemberId).Distinct().Count());
        _leaders.TryAdd(result.Generation, result.MemberId);
        Assert.Equal(_leaders[result.Generation], result.MemberId);
        _forming.Add(result.Generation);
    }

    /// <summary>A member was told its assignment: the same one each time, and one that its generation's leader made.</summary>
    public void Assigned(int generation, string memberId, string instance, string assignment)
    {
        Assert.Equal($"{generation}:{instance}", assignment);
        Assert.Contains(generation, _forming);
        _assignments.TryAdd((generation, memberId), assignment);
        Assert.Equal(_assignments[(generation, memberId)], assignment);
    }

    public void Check(GroupHarness harness)
    {
        var description = harness.Coordinator.Administration.Describe(GroupHarness.Group);
        if (description.State != "Stable") return;
        var assignments = description.Members.Select(member => System.Text.Encoding.UTF8.GetString(member.Assignment.Span)).ToList();
        // One for each, all of one generation, none given twice.
        Assert.All(assignments, assignment => Assert.NotEqual("", assignment));
        Assert.Equal(assignments.Count, assignments.Distinct().Count());
        var generation = Assert.Single(assignments.Select(assignment => int.Parse(assignment.Split(':')[0], null)).Distinct());
        Assert.True(generation >= Newest, $"Generation {generation} is stable while {Newest} was told.");
    }
}
