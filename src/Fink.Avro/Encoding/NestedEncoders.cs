using Fink.ScienceDb.Columns;

namespace Fink.Avro.Encoding;

/// <summary>The fields of a struct in the schema's order; null is a branch of a union.</summary>
internal class RecordEncoder(ValueEncoder[] fields, int[] sourceIndexes) : ValueEncoder
{
    private ColumnVector _vector;

    protected bool IsNull(long row) => _vector.IsNull(row);

    public override void Bind(ColumnVector vector)
    {
        _vector = vector;
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i].Bind(vector.StructChild(sourceIndexes[i]));
        }
    }

    public override void Encode(long row, AvroBuffer buffer)
    {
        if (IsNull(row))
        {
            buffer.WriteByte(NullBranch);
            return;
        }

        buffer.WriteByte(ValueBranch);
        EncodeFields(row, buffer);
    }

    protected void EncodeFields(long row, AvroBuffer buffer)
    {
        foreach (var field in fields)
        {
            field.Encode(row, buffer);
        }
    }

    protected void EncodeNullFields(AvroBuffer buffer)
    {
        foreach (var field in fields)
        {
            field.EncodeNull(buffer);
        }
    }
}

/// <summary>A struct at the top level is no union: where it is null, its fields are.</summary>
internal sealed class TopLevelRecordEncoder(ValueEncoder[] fields, int[] sourceIndexes) : RecordEncoder(fields, sourceIndexes)
{
    public override void Encode(long row, AvroBuffer buffer)
    {
        if (IsNull(row))
        {
            EncodeNullFields(buffer);
        }
        else
        {
            EncodeFields(row, buffer);
        }
    }

    public override void EncodeNull(AvroBuffer buffer) => EncodeNullFields(buffer);
}

/// <summary>An array: one block with its count, then the block of none that ends it.</summary>
internal sealed class ListEncoder(ValueEncoder item) : ValueEncoder
{
    private ColumnVector _vector;

    public override void Bind(ColumnVector vector)
    {
        _vector = vector;
        item.Bind(vector.ListChild());
    }

    public override void Encode(long row, AvroBuffer buffer)
    {
        if (_vector.IsNull(row))
        {
            buffer.WriteByte(NullBranch);
            return;
        }

        buffer.WriteByte(ValueBranch);
        var entry = _vector.Entry(row);
        if (entry.Length > 0)
        {
            buffer.WriteLong((long)entry.Length);
            for (var i = entry.Offset; i < entry.Offset + entry.Length; i++)
            {
                item.Encode((long)i, buffer);
            }
        }

        buffer.WriteByte(0);
    }
}

/// <summary>A map: as an array, of a text key and a value each, in the file's order.</summary>
internal sealed class MapEncoder(ValueEncoder value) : ValueEncoder
{
    private ColumnVector _vector;
    private ColumnVector _keys;

    public override void Bind(ColumnVector vector)
    {
        _vector = vector;
        var entries = vector.ListChild();
        _keys = entries.StructChild(0);
        value.Bind(entries.StructChild(1));
    }

    public override void Encode(long row, AvroBuffer buffer)
    {
        if (_vector.IsNull(row))
        {
            buffer.WriteByte(NullBranch);
            return;
        }

        buffer.WriteByte(ValueBranch);
        var entry = _vector.Entry(row);
        if (entry.Length > 0)
        {
            buffer.WriteLong((long)entry.Length);
            for (var i = entry.Offset; i < entry.Offset + entry.Length; i++)
            {
                buffer.WriteBytes(_keys.Bytes((long)i));
                value.Encode((long)i, buffer);
            }
        }

        buffer.WriteByte(0);
    }
}
