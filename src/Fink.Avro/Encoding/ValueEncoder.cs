using Fink.ScienceDb.Columns;

namespace Fink.Avro.Encoding;

/// <summary>
/// Encodes the values of one column or field. Bound to a vector once a batch, then asked row by row: no value is boxed and
/// nothing is allocated on the way.
/// </summary>
internal abstract class ValueEncoder
{
    /// <summary>In a union <c>[T, "null"]</c> a value's branch is 0, null's is 1; both as zigzag.</summary>
    protected const byte ValueBranch = 0;
    protected const byte NullBranch = 2;

    public abstract void Bind(ColumnVector vector);

    public abstract void Encode(long row, AvroBuffer buffer);

    /// <summary>What stands for it where the struct around it is null.</summary>
    public virtual void EncodeNull(AvroBuffer buffer) => buffer.WriteByte(NullBranch);
}
