namespace Fink.TestSupport;

/// <summary>The checkout that the running tests were built from.</summary>
public static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fink.Distribution.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Fink.Distribution.sln above {start}");
    }
}
