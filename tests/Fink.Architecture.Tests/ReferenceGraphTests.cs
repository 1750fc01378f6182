using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Fink.TestSupport;

namespace Fink.Architecture.Tests;

/// <summary>References point down and never around. Read from the built assemblies, so that no project file can lie.</summary>
public sealed class ReferenceGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Fink.ScienceDb"] = [],
        ["Fink.Kafka"] = [],
        ["Fink.Client"] = [],
        ["Fink.Slack"] = ["Fink.Client", "Fink.ScienceDb"],
        ["Fink.Viewer"] = ["Fink.Client"],
        ["Fink.Kafka.Protocol"] = [],
        ["Fink.Kafka.Broker"] = ["Fink.Kafka.Protocol"],
        ["Fink.Avro"] = ["Fink.ScienceDb"],
        ["Fink.Kafka.Cluster"] = ["Fink.Kafka", "Fink.Kafka.Broker", "Fink.Kafka.Protocol"],
        ["Fink.Distribution"] = ["Fink.ScienceDb", "Fink.Avro", "Fink.Kafka"],
        ["fink-kafka"] =
            ["Fink.ScienceDb", "Fink.Avro", "Fink.Kafka", "Fink.Client", "Fink.Slack", "Fink.Viewer", "Fink.Kafka.Cluster", "Fink.Distribution"],
    };

    public static TheoryData<string> Assemblies => new(Allowed.Keys);

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_refers_only_to_those_below_it(string assembly)
    {
        var ours = ReferencesOf(assembly).Where(Allowed.ContainsKey).ToArray();

        Assert.Empty(ours.Except(Allowed[assembly]));
    }

    [Theory]
    [InlineData("Fink.ScienceDb", "Confluent.Kafka")]
    [InlineData("Fink.Avro", "Confluent.Kafka")]
    [InlineData("Fink.Kafka", "DuckDB.NET.Bindings")]
    [InlineData("Fink.Client", "DuckDB.NET.Bindings")]
    [InlineData("Fink.Slack", "Confluent.Kafka")]
    [InlineData("Fink.Viewer", "Confluent.Kafka")]
    [InlineData("Fink.Viewer", "Avro")]
    [InlineData("Fink.Kafka.Protocol", "System.Net.Sockets")]
    [InlineData("Fink.Kafka.Broker", "Confluent.Kafka")]
    public void An_assembly_knows_nothing_of_its_neighbours_library(string assembly, string library) =>
        Assert.DoesNotContain(library, ReferencesOf(assembly));

    [Fact]
    public void Every_project_under_src_has_its_place_in_the_graph()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .Select(name => name == "Fink.Cli" ? "fink-kafka" : name!);

        Assert.Equal(Allowed.Keys.Order(), projects.Order());
    }

    private static string[] ReferencesOf(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
