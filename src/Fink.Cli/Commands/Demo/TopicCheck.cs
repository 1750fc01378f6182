namespace Fink.Cli.Commands.Demo;

/// <summary>What one topic should hold by the night's files, what was said to be sent, and what is there.</summary>
/// <param name="Expected">The ids of the alerts in the files that the topic is for.</param>
/// <param name="Sent">As <c>distribute</c> printed it; null where it printed nothing.</param>
/// <param name="Found">The ids of the alerts in the topic.</param>
internal sealed record TopicCheck(string Topic, string Reader, IReadOnlyList<string> Expected, long? Sent, IReadOnlyList<string> Found)
{
    /// <summary>Null where all is as it should be.</summary>
    public string? Difference
    {
        get
        {
            var missing = Expected.Except(Found).Count();
            var foreign = Found.Except(Expected).Count();
            var twice = Found.Count - Found.Distinct().Count();
            List<string> parts = [];
            if (missing > 0)
            {
                parts.Add($"{missing} missing");
            }

            if (foreign > 0)
            {
                parts.Add($"{foreign} not of this topic");
            }

            if (twice > 0)
            {
                parts.Add($"{twice} more than once");
            }

            if (Sent != Found.Count)
            {
                parts.Add(Sent is null ? "distribute said nothing of it" : $"distribute said {Sent}");
            }

            // A night whose files hold an alert twice would be the simulation's fault, and shows as a count alone.
            return parts.Count > 0 ? string.Join(", ", parts) : Expected.Count != Found.Count ? $"{Found.Count} instead of {Expected.Count}" : null;
        }
    }
}
