using System.Text;
using Fink.Avro.Framing;
using Fink.Distribution.Configuration;

namespace Fink.Distribution.Routing;

/// <summary>A projection as the messages of some topics have it: its datum, and what stands around it.</summary>
/// <param name="Projection">Index among the plan's projections.</param>
/// <param name="Wire">What stands around it.</param>
/// <param name="SchemaId">Its schema's id; 0 where the form has none.</param>
internal sealed record AlertForm(int Projection, WireForm Wire, int SchemaId)
{
    /// <summary>The form as a header holds it, UTF-8; empty for bare datums, which need no word.</summary>
    public byte[] Name { get; } = Wire == WireForm.Bare ? [] : Encoding.UTF8.GetBytes(Wire.ToString().ToLowerInvariant());

    public required DatumFrame Frame { get; init; }

    public static AlertForm Of(int projection, AlertProjection projected, TopicSettings settings)
    {
        var wire = settings.Wire ?? WireForm.Bare;
        var id = wire == WireForm.Confluent ? settings.SchemaId ?? projected.Schema.RegistryId : 0;
        return new AlertForm(projection, wire, id)
        {
            Frame = wire switch
            {
                WireForm.Confluent => DatumFrame.Confluent(id),
                WireForm.Ocf => DatumFrame.ContainerFile(projected.Schema),
                _ => DatumFrame.None,
            },
        };
    }

    public bool IsSameAs(AlertForm other) => (Projection, Wire, SchemaId) == (other.Projection, other.Wire, other.SchemaId);
}
