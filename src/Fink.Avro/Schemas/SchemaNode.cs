using Fink.ScienceDb.Columns;

namespace Fink.Avro.Schemas;

/// <summary>A type of the Avro schema beside the column type that it comes from.</summary>
internal abstract record SchemaNode(ColumnType Source);

/// <summary>A primitive, with the logical type that says what its values mean.</summary>
internal sealed record PrimitiveNode(ColumnType Source, string Type, string? LogicalType = null) : SchemaNode(Source);

internal sealed record ArrayNode(ColumnType Source, SchemaNode Item) : SchemaNode(Source);

internal sealed record MapNode(ColumnType Source, SchemaNode Value) : SchemaNode(Source);

internal sealed record RecordNode(ColumnType Source, string FullName, IReadOnlyList<FieldNode> Fields) : SchemaNode(Source);

/// <summary>A field of a record; <paramref name="SourceIndex"/> is its place among its siblings in the source.</summary>
/// <param name="IsNullable">Whether it is a union of its type, first, and null.</param>
internal sealed record FieldNode(string Name, int SourceIndex, SchemaNode Type, bool IsNullable);
