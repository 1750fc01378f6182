namespace Fink.Client.Plans;

/// <summary>
/// How to walk over a value of one type without making anything of it. A schema is compiled into a graph of these once;
/// a datum is then walked once, to know that it is whole and where its fields lie.
/// </summary>
internal abstract class PlanNode(AlertValueKind kind)
{
    public AlertValueKind Kind { get; } = kind;

    /// <summary>Whether every value of the type takes no byte at all.</summary>
    public virtual bool IsEmpty => false;

    /// <exception cref="CorruptDatumException">The bytes are no such value.</exception>
    public abstract void Skip(ref DatumCursor cursor);

    /// <summary>Skips, and notes where the fields of records with places of their own begin.</summary>
    public virtual void Index(ref DatumCursor cursor, Span<int> places) => Skip(ref cursor);
}
