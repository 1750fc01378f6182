using Fink.TestSupport;

namespace Fink.Architecture.Tests;

/// <summary>The C# files of the checkout.</summary>
internal static class SourceFiles
{
    public static IEnumerable<string> In(params string[] folders) =>
        folders.Select(folder => Path.Combine(Checkout.Root, folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));
}
