using System.Text;
using Fink.Avro;

namespace Fink.Distribution.Routing;

/// <summary>What some topics get of an alert: a schema, and the texts that every message of it carries.</summary>
internal sealed class AlertProjection(AlertSchema schema)
{
    public AlertSchema Schema { get; } = schema;

    /// <summary>The schema's fingerprint as a header holds it: 16 hex digits, UTF-8.</summary>
    public byte[] Fingerprint { get; } = Encoding.UTF8.GetBytes(schema.FingerprintText);
}
