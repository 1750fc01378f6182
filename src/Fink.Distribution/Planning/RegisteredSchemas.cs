using System.Globalization;
using Fink.Distribution.Configuration;
using Fink.Distribution.Routing;

namespace Fink.Distribution.Planning;

/// <summary>
/// The schemas that messages in Confluent's form name by their ids. There is no registry: each is a file
/// <c>schema-ID.avsc</c>, JSON text, written before the first message that names it.
/// </summary>
/// <param name="folder">Where the files are; null for nowhere.</param>
internal sealed class RegisteredSchemas(string? folder)
{
    private readonly Dictionary<int, byte[]> _known = [];

    /// <exception cref="ConfigurationException">Two schemas would have one id: no consumer could tell them apart.</exception>
    /// <exception cref="DistributionException">A file cannot be written.</exception>
    public void Write(RoutePlan plan)
    {
        foreach (var rule in plan.Rules.Where(rule => plan.Forms[rule.Form].Wire == WireForm.Confluent))
        {
            var form = plan.Forms[rule.Form];
            Write(form.SchemaId, plan.Projections[form.Projection].Schema, rule.Rule);
        }
    }

    private void Write(int id, Fink.Avro.AlertSchema schema, TopicRule rule)
    {
        var path = folder is null ? null : Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"schema-{id}.avsc"));
        if (!_known.TryGetValue(id, out var known))
        {
            // What a registry gave an id to stays what it is; an id of ours comes from the schema and finds it again.
            known = rule.Settings.SchemaId is not null && File.Exists(path) ? File.ReadAllBytes(path) : schema.Json;
            _known.Add(id, known);
        }

        if (!known.AsSpan().SequenceEqual(schema.Json))
        {
            throw new ConfigurationException(
                rule.Position, $"the topic's schema is not the one that has the id {id}{(path is null ? "" : $", in {path}")}: give its topic a 'schema-id' of its own");
        }

        if (path is not null)
        {
            SchemaFile.Write(path, schema);
        }
    }
}
