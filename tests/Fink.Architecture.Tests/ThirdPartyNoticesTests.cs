using System.Text.Json;
using System.Xml.Linq;
using Fink.TestSupport;

namespace Fink.Architecture.Tests;

/// <summary>What the tool's package contains of others is said in it.</summary>
public sealed class ThirdPartyNoticesTests
{
    private const string Notices = "THIRD-PARTY-NOTICES.txt";

    private static readonly string Tool = Path.Combine(Checkout.Root, "src", "Fink.Cli");

    [Fact]
    public void Every_package_of_the_tool_is_named_in_the_notices_and_no_other()
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Tool, "packages.lock.json")));
        var packages = locked.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(dependency => dependency.Value.GetProperty("type").GetString() != "Project")
            .Select(dependency => dependency.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.NotEmpty(packages);
        Assert.Equal(packages.Order(StringComparer.OrdinalIgnoreCase), NamedPackages());
    }

    [Theory]
    [InlineData(Notices)]
    [InlineData("LICENSE")]
    public void The_tools_package_contains_the_notices_and_the_licence(string file)
    {
        var packed = XDocument.Load(Path.Combine(Tool, "Fink.Cli.csproj")).Descendants("None")
            .Where(item => (string?)item.Attribute("Pack") == "true")
            .Select(item => Path.GetFullPath(Path.Combine(Tool, (string)item.Attribute("Include")!)));

        Assert.Contains(Path.Combine(Checkout.Root, file), packed);
    }

    /// <summary>In the list a package's name is a line of its own; what is said of it is indented below.</summary>
    private static IEnumerable<string> NamedPackages() =>
        File.ReadLines(Path.Combine(Checkout.Root, Notices))
            .SkipWhile(line => !line.StartsWith("The list:", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => !line.StartsWith('='))
            .Where(line => line.Length > 0 && line[0] != ' ');
}
