using System.Globalization;
using Fink.Avro.Schemas;
using Fink.ScienceDb;
using Fink.ScienceDb.Columns;

namespace Fink.Avro;

/// <summary>
/// The Avro schema of what a topic gets of each alert: the record <c>topLevelRecord.value</c>, whose fields are the
/// projected columns in file order. Types, order and union order are those that Spark's <c>to_avro</c> derives.
/// </summary>
public sealed class AlertSchema
{
    private AlertSchema(RecordNode root, IReadOnlyList<ColumnType> columnTypes)
    {
        Root = root;
        ColumnTypes = columnTypes;
        Json = SchemaText.Write(root, canonical: false);
        Fingerprint = Crc64.Of(SchemaText.Write(root, canonical: true));
    }

    /// <summary>Compact JSON, UTF-8: what the key of a message holds.</summary>
    public byte[] Json { get; }

    /// <summary>CRC-64-AVRO of the schema's parsing canonical form.</summary>
    public ulong Fingerprint { get; }

    /// <summary>The fingerprint as 16 hex digits.</summary>
    public string FingerprintText => Fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>An id as schema registries give them, always the same for a schema: the lowest 31 bits of its fingerprint, 1 instead of 0.</summary>
    public int RegistryId => Math.Max(1, (int)(Fingerprint & int.MaxValue));

    /// <summary>The top-level columns that it needs, in file order.</summary>
    public IEnumerable<string> Columns => Root.Fields.Select(column => column.Name);

    internal RecordNode Root { get; }

    /// <summary>The types of <see cref="Columns"/> as the source has them, whole.</summary>
    internal IReadOnlyList<ColumnType> ColumnTypes { get; }

    /// <param name="source">The columns there are.</param>
    /// <param name="select">Dotted paths to take; none means all.</param>
    /// <param name="drop">Dotted paths to leave out, after selecting.</param>
    /// <exception cref="AlertSchemaException">A path that is not there, nothing left, or a column that Avro has no type or name for.</exception>
    public static AlertSchema Create(SourceSchema source, IReadOnlyList<string> select, IReadOnlyList<string> drop)
    {
        var fields = ProjectedField.Project(source, select, drop);
        return new AlertSchema(new SchemaBuilder().Build(fields), [.. fields.Select(field => field.Type)]);
    }

    public static AlertSchema Create(SourceSchema source) => Create(source, [], []);
}
