using Xunit.v3;

namespace Fink.TestSupport;

/// <summary>Skips the running test with a reason; xUnit knows it by the token at the start of its message.</summary>
public sealed class SkippedException : Exception
{
    private SkippedException(string message)
        : base(message)
    {
    }

    public static SkippedException Because(string reason) => new(DynamicSkipToken.Value + reason);
}
