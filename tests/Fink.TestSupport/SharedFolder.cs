namespace Fink.TestSupport;

/// <summary>
/// The folder of real data, Kafka homes and peers that may stand beside the checkout: the variable FINK_SHARED, else
/// <c>../shared</c>. Tests that need it skip where it is absent.
/// </summary>
public static class SharedFolder
{
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Null when absent.</summary>
    public static string? Root => Found.Value;

    /// <summary>The full path of something in it; skips the running test when it is not there.</summary>
    public static string Require(string relativePath)
    {
        if (Root is null)
        {
            throw SkippedException.Because("no shared folder (FINK_SHARED, or ../shared beside the checkout)");
        }

        var path = Path.Combine(Root, relativePath);
        return Path.Exists(path) ? path : throw SkippedException.Because($"the shared folder has no {relativePath}");
    }

    private static string? Find()
    {
        var root = Environment.GetEnvironmentVariable("FINK_SHARED") ?? Path.Combine(Checkout.Root, "..", "shared");
        return Directory.Exists(root) ? Path.GetFullPath(root) : null;
    }
}
