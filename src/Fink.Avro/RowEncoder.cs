using Fink.Avro.Encoding;
using Fink.ScienceDb.Columns;

namespace Fink.Avro;

/// <summary>
/// Encodes rows of a batch as bare Avro datums of one schema, straight from the column vectors: no object, no boxed value
/// and no allocation per row. Compiled once a schema; bound once a batch. One thread at a time.
/// </summary>
public sealed class RowEncoder
{
    private readonly AlertSchema _schema;
    private readonly ValueEncoder[] _fields;
    private readonly int[] _positions;
    private IReadOnlyList<ColumnField>? _verified;

    /// <param name="schema">What to encode.</param>
    /// <param name="scanned">The columns of the batches to come, in their order: all that the schema needs, others too.</param>
    /// <exception cref="AlertSchemaException">A column that the schema needs is not scanned.</exception>
    public RowEncoder(AlertSchema schema, IReadOnlyList<string> scanned)
    {
        _schema = schema;
        _fields = [.. schema.Root.Fields.Select(EncoderFactory.Create)];
        _positions = [.. schema.Root.Fields.Select(field => PositionOf(field.Name, scanned))];
    }

    /// <summary>Looks at the batch that the rows to come are in. It must stay valid while they are encoded.</summary>
    /// <exception cref="AlertSchemaException">The batch's columns are not of the schema's types: it is of another file.</exception>
    public void Bind(ColumnBatch batch)
    {
        Verify(batch.Columns);
        for (var i = 0; i < _fields.Length; i++)
        {
            _fields[i].Bind(batch[_positions[i]]);
        }
    }

    /// <summary>Appends one row to the buffer.</summary>
    public void Encode(int row, AvroBuffer buffer)
    {
        foreach (var field in _fields)
        {
            field.Encode(row, buffer);
        }
    }

    /// <summary>
    /// Values are read in place, so a column of another type than was compiled for would be read as what it is not. Looked at
    /// once a scan.
    /// </summary>
    private void Verify(IReadOnlyList<ColumnField> columns)
    {
        if (ReferenceEquals(columns, _verified))
        {
            return;
        }

        for (var i = 0; i < _positions.Length; i++)
        {
            var expected = _schema.ColumnTypes[i];
            if (_positions[i] >= columns.Count || !columns[_positions[i]].Type.Equals(expected))
            {
                throw new AlertSchemaException($"column {_schema.Root.Fields[i].Name} is not of the type that its schema was made for: make a schema for each file");
            }
        }

        _verified = columns;
    }

    private static int PositionOf(string column, IReadOnlyList<string> scanned)
    {
        for (var i = 0; i < scanned.Count; i++)
        {
            if (scanned[i] == column)
            {
                return i;
            }
        }

        throw new AlertSchemaException($"column {column} is not among those that are read");
    }
}
