using System.Diagnostics.CodeAnalysis;

namespace Fink.Client.Plans;

internal sealed class UnionNode : PlanNode
{
    private PlanNode[] _branches = [];

    public UnionNode()
        : base(AlertValueKind.Null)
    {
    }

    /// <summary>Set once, by the compiler: a type may contain itself.</summary>
    public void Complete(PlanNode[] branches) => _branches = branches;

    public override void Skip(ref DatumCursor cursor) => Choose(ref cursor).Skip(ref cursor);

    public override void Index(ref DatumCursor cursor, Span<int> places) => Choose(ref cursor).Index(ref cursor, places);

    public PlanNode Choose(ref DatumCursor cursor)
    {
        var start = cursor.At;
        var branch = cursor.ReadLong();
        var branches = _branches;
        if ((ulong)branch >= (ulong)branches.Length)
        {
            CorruptDatumException.ThrowBadBranch(branch, start);
        }

        return branches[branch];
    }
}

/// <summary>A list of items, or a map, whose items have a name before them.</summary>
internal sealed class BlocksNode(bool isMap) : PlanNode(isMap ? AlertValueKind.Map : AlertValueKind.List)
{
    // Items without a byte cost the sender nothing: their number is the only one that the bytes do not bound.
    private const int MostEmptyItems = 1024;

    [field: AllowNull]
    public PlanNode Item
    {
        get => field ?? throw new InvalidOperationException("The plan is not complete.");
        private set;
    }

    public bool IsMap => isMap;

    public void Complete(PlanNode item) => Item = item;

    public long ReadBlock(ref DatumCursor cursor)
    {
        var start = cursor.At;
        var count = cursor.ReadBlock();
        if (count > MostEmptyItems && !isMap && Item.IsEmpty)
        {
            CorruptDatumException.ThrowBadCount(count, start);
        }

        return count;
    }

    public override void Skip(ref DatumCursor cursor)
    {
        cursor.Enter();
        for (var count = ReadBlock(ref cursor); count > 0; count = ReadBlock(ref cursor))
        {
            for (; count > 0; count--)
            {
                SkipItem(ref cursor);
            }
        }

        cursor.Leave();
    }

    public void SkipItem(ref DatumCursor cursor)
    {
        if (isMap)
        {
            cursor.Skip(cursor.ReadLength());
        }

        Item.Skip(ref cursor);
    }
}

/// <param name="name">Of the type, in full.</param>
/// <param name="firstPlace">Of its fields in an alert's places; negative where it can come more than once in an alert.</param>
internal sealed class RecordNode(string name, int firstPlace) : PlanNode(AlertValueKind.Record)
{
    private Dictionary<string, int> _byName = [];
    private PlanNode[] _fields = [];
    private bool _isEmpty;

    public string Name => name;

    public int FirstPlace => firstPlace;

    public IReadOnlyList<string> Names { get; private set; } = [];

    public override bool IsEmpty => _isEmpty;

    public PlanNode this[int field] => _fields[field];

    public void Complete(IReadOnlyList<string> names, PlanNode[] fields)
    {
        Names = names;
        _fields = fields;
        _byName = names.Select((field, index) => (field, index)).ToDictionary(f => f.field, f => f.index, StringComparer.Ordinal);
        _isEmpty = Array.TrueForAll(fields, field => field.IsEmpty);
    }

    public bool TryFind(string field, out int index) => _byName.TryGetValue(field, out index);

    public override void Skip(ref DatumCursor cursor)
    {
        if (_isEmpty)
        {
            return;
        }

        cursor.Enter();
        foreach (var field in _fields)
        {
            field.Skip(ref cursor);
        }

        cursor.Leave();
    }

    public override void Index(ref DatumCursor cursor, Span<int> places)
    {
        if (firstPlace < 0)
        {
            Skip(ref cursor);
            return;
        }

        for (var i = 0; i < _fields.Length; i++)
        {
            places[firstPlace + i] = cursor.At;
            _fields[i].Index(ref cursor, places);
        }
    }
}
