using System.Text.RegularExpressions;
using Fink.TestSupport;

namespace Fink.Architecture.Tests;

/// <summary>The habits of the house that a machine can see.</summary>
public sealed partial class SourceShapeTests
{
    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var tooLong = SourceFiles.In("src", "tests", "bench")
            .Select(file => (file, lines: File.ReadLines(file).Count()))
            .Where(entry => entry.lines > 400)
            .Select(entry => $"{Path.GetRelativePath(Checkout.Root, entry.file)}: {entry.lines} lines");

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_type_is_called_Manager_Helper_Util_or_Processor()
    {
        var vague = SourceFiles.In("src", "tests", "bench")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => VagueName().IsMatch(name!));

        Assert.Empty(vague);
    }

    [Fact]
    public void No_catch_is_empty()
    {
        var swallowed = SourceFiles.In("src", "tests", "bench")
            .Where(file => EmptyCatch().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Checkout.Root, file));

        Assert.Empty(swallowed);
    }

    [Fact]
    public void Only_the_command_writes_to_the_console()
    {
        var talkative = SourceFiles.In("src")
            .Where(file => !file.Contains("Fink.Cli", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("Console.", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Checkout.Root, file));

        Assert.Empty(talkative);
    }

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utilities|Processor)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*(when\s*\([^{]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();
}
