using System.Text.Json.Nodes;
using Fink.ScienceDb;
using Fink.ScienceDb.Simulation;
using Fink.ScienceDb.Sources;
using Fink.TestSupport;

namespace Fink.Avro.Tests;

/// <summary>The schemas of schemas/ are what subscribers can rely on: those of each survey's whole alerts.</summary>
public sealed class PublishedSchemaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fink-schema-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Survey.Ztf, "ztf")]
    [InlineData(Survey.Rubin, "rubin")]
    public void The_published_schema_is_that_of_the_surveys_alerts(Survey survey, string name)
    {
        SimulatedNight.Write(
            new SimulationOptions { Alerts = 5, Survey = survey, OutputFolder = _folder.FullName },
            null,
            TestContext.Current.CancellationToken);

        AssertPublished(name, _folder.FullName);
    }

    [Theory]
    [InlineData("ztf", "ztf-2023.parquet")]
    [InlineData("rubin", "rubin")]
    public void The_published_schema_is_that_of_real_alerts(string name, string real) =>
        AssertPublished(name, SharedFolder.Require($"data/science/{real}"));

    private static void AssertPublished(string name, string location)
    {
        var file = Assert.Single(new ScienceSource(location).List().Files);
        using var database = new ScienceDatabase(new ScienceDatabaseOptions([Path.GetDirectoryName(file.Path)!]));
        var derived = AlertSchema.Create(database.ReadSchema(file));
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "schemas", name, "alert.avsc"));

        // The file is indented for its readers; what it says, and in which order, is the same.
        Assert.Equal(JsonNode.Parse(derived.Json)!.ToJsonString(), JsonNode.Parse(text)!.ToJsonString());
        Assert.NotNull(global::Avro.Schema.Parse(text));
    }
}
