namespace Fink.Client.Plans;

internal sealed class NullNode() : PlanNode(AlertValueKind.Null)
{
    public static NullNode Instance { get; } = new();

    public override bool IsEmpty => true;

    public override void Skip(ref DatumCursor cursor)
    {
        // null is written as nothing.
    }
}

internal sealed class BooleanNode() : PlanNode(AlertValueKind.Boolean)
{
    public override void Skip(ref DatumCursor cursor) => cursor.ReadBoolean();
}

internal sealed class IntNode(AlertValueKind kind) : PlanNode(kind)
{
    public override void Skip(ref DatumCursor cursor) => cursor.ReadInt();
}

/// <param name="ticks">Of 100 ns in one unit, where the number is a time since 1970; else 0.</param>
internal sealed class LongNode(AlertValueKind kind, long ticks) : PlanNode(kind)
{
    public long Ticks { get; } = ticks;

    public override void Skip(ref DatumCursor cursor) => cursor.ReadLong();
}

internal sealed class FloatNode() : PlanNode(AlertValueKind.Real)
{
    public override void Skip(ref DatumCursor cursor) => cursor.Skip(sizeof(float));
}

internal sealed class DoubleNode() : PlanNode(AlertValueKind.Real)
{
    public override void Skip(ref DatumCursor cursor) => cursor.Skip(sizeof(double));
}

internal sealed class TextNode() : PlanNode(AlertValueKind.Text)
{
    public override void Skip(ref DatumCursor cursor) => cursor.Skip(cursor.ReadLength());
}

/// <param name="size">Of a fixed; null where a length comes first.</param>
/// <param name="scale">Of a decimal: digits behind the point.</param>
internal sealed class BytesNode(AlertValueKind kind, int? size, int scale) : PlanNode(kind)
{
    public int Scale { get; } = scale;

    public override bool IsEmpty => size == 0;

    public override void Skip(ref DatumCursor cursor) => cursor.Skip(size ?? cursor.ReadLength());

    /// <summary>Steps over the length, if there is one, and returns it.</summary>
    public int Begin(ref DatumCursor cursor) => size ?? cursor.ReadLength();
}

internal sealed class EnumNode(IReadOnlyList<string> symbols) : PlanNode(AlertValueKind.Text)
{
    public override void Skip(ref DatumCursor cursor) => Read(ref cursor);

    public string Read(ref DatumCursor cursor)
    {
        var start = cursor.At;
        var symbol = cursor.ReadInt();
        if ((uint)symbol >= (uint)symbols.Count)
        {
            CorruptDatumException.ThrowBadSymbol(symbol, start);
        }

        return symbols[symbol];
    }
}
