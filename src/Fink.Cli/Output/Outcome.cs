using System.Text.Json.Nodes;

namespace Fink.Cli.Output;

/// <summary>What became of one thing that a command changed.</summary>
/// <param name="Kind">Kafka's word: topic, user, acl.</param>
/// <param name="State">created, exists, deleted, failed, …</param>
internal sealed record Outcome(string Kind, string Name, string State, string? Detail = null)
{
    public string Sentence => Detail is null ? $"{Kind} {Name}: {State}" : $"{Kind} {Name}: {State} ({Detail})";

    public JsonObject ToJson()
    {
        var json = new JsonObject { [Kind] = Name, ["result"] = State };
        if (Detail is not null)
        {
            json["detail"] = Detail;
        }

        return json;
    }
}
