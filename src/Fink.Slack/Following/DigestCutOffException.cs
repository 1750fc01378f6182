using System.Globalization;

namespace Fink.Slack.Following;

/// <summary>
/// A run was cancelled, and the digest that it was posting took longer than <see cref="FollowOptions.Grace"/>. Nothing of it
/// is committed, so that the next run posts all of it.
/// </summary>
public sealed class DigestCutOffException(int posted, int messages, OperationCanceledException inner) : OperationCanceledException(
    string.Create(
        CultureInfo.InvariantCulture,
        $"Stopped in the midst of a digest: {posted} of its {messages} messages {(posted == 1 ? "is" : "are")} posted, and the next run posts all of it."),
    inner,
    inner.CancellationToken);
