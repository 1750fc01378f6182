using System.Globalization;
using Fink.Client.Plans;
using Fink.Client.Values;

namespace Fink.Client;

/// <summary>
/// A value of an alert: a view of the message's bytes that is decoded when it is asked for, and costs nothing before.
/// It may be kept as long as its alert.
/// </summary>
/// <remarks>
/// What does not fit (a text asked for as a number, null asked for as anything) is an
/// <see cref="InvalidOperationException"/>; the `TryGet` methods return false instead.
/// </remarks>
public readonly struct AlertValue
{
    private readonly Alert? _alert;
    private readonly PlanNode? _node;
    private readonly int _at;

    /// <param name="at">Where the value begins in the alert's datum; before the branch, where it is a union.</param>
    internal AlertValue(Alert alert, PlanNode node, int at)
    {
        _alert = alert;
        if (node is UnionNode union)
        {
            var cursor = new DatumCursor(alert.Datum.Span, at);
            node = union.Choose(ref cursor);
            at = cursor.At;
        }

        _node = node;
        _at = at;
    }

    public AlertValueKind Kind => _node?.Kind ?? AlertValueKind.Null;

    public bool IsNull => Kind == AlertValueKind.Null;

    /// <summary>
    /// A field of a record, or what a map has under this name. A field of a null record is null: whether a survey sent
    /// the record at all need not be asked first.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The record has no such field; the message names those that it has.</exception>
    public AlertValue this[string field] => TryGet(field, out var value) || IsNull ? value : throw ValueFault.NoField(this, field);

    /// <summary>An item of a list, from 0. The items before it are skipped one by one: to read all, enumerate <see cref="Items"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The list is shorter.</exception>
    public AlertValue this[int item]
    {
        get
        {
            var left = item;
            foreach (var value in Items)
            {
                if (left-- == 0)
                {
                    return value;
                }
            }

            throw ValueFault.NoItem(this, item, item - left);
        }
    }

    /// <summary>The items of a list, in order; none of a null.</summary>
    public AlertItems Items => Kind is AlertValueKind.List or AlertValueKind.Null
        ? new AlertItems(_alert, _node as BlocksNode, _at)
        : throw ValueFault.IsNo(this, "list");

    /// <summary>The fields of a record or the entries of a map, in order; none of a null.</summary>
    public AlertFields Fields => Kind is AlertValueKind.Record or AlertValueKind.Map or AlertValueKind.Null
        ? new AlertFields(_alert, _node, _at)
        : throw ValueFault.IsNo(this, "record and no map");

    internal Alert? Alert => _alert;

    internal PlanNode? Node => _node;

    /// <summary>As the indexer, without an error: what is not there is null, and false.</summary>
    public bool TryGet(string field, out AlertValue value)
    {
        // Looked up before anything is set: the caller may want it in place of this very value.
        var found = Look(field);
        value = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>What lies at the end of a path of fields, or null where one of them is not there.</summary>
    public AlertValue Find(params ReadOnlySpan<string> path)
    {
        var value = this;
        foreach (var field in path)
        {
            value = value.Look(field).GetValueOrDefault();
        }

        return value;
    }

    public bool AsBoolean() => _node is BooleanNode ? Cursor.ReadBoolean() : throw ValueFault.IsNo(this, "truth value");

    /// <exception cref="OverflowException">The number is larger.</exception>
    public int AsInt() => AsLong() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw ValueFault.TooLarge(this, "32 bits");

    /// <summary>A whole number; a real one is not rounded.</summary>
    public long AsLong() => TryGetLong(out var value) ? value : throw ValueFault.IsNo(this, "whole number");

    /// <summary>A real number as it was sent, in 32 bits.</summary>
    public float AsFloat() => _node is FloatNode ? Cursor.ReadSingle() : (float)AsDouble();

    /// <summary>Any number.</summary>
    public double AsDouble() => TryGetDouble(out var value) ? value : throw ValueFault.IsNo(this, "number");

    /// <exception cref="OverflowException">It has more digits than .NET's decimal.</exception>
    public decimal AsDecimal() => TryGetDecimal(out var value) ? value
        : Kind == AlertValueKind.Exact ? throw ValueFault.TooLarge(this, "28 digits")
        : throw ValueFault.IsNo(this, "decimal number");

    public string AsString() => TryGetString(out var value) ? value : throw ValueFault.IsNo(this, "text");

    /// <summary>A view of the message's own bytes: nothing is copied, and the message is kept as long as it is.</summary>
    public ReadOnlyMemory<byte> AsBytes() => TryGetBytes(out var value) ? value : throw ValueFault.IsNo(this, "bytes");

    /// <summary>A date or a time, in UTC.</summary>
    /// <exception cref="OverflowException">The year is not between 1 and 9999.</exception>
    public DateTimeOffset AsTime() => TryGetTime(out var value) ? value
        : Kind == AlertValueKind.Time ? throw ValueFault.TooLarge(this, "the years 1 to 9999")
        : throw ValueFault.IsNo(this, "time");

    public bool TryGetLong(out long value)
    {
        switch (_node)
        {
            case IntNode:
                value = Cursor.ReadInt();
                return true;
            case LongNode:
                value = Cursor.ReadLong();
                return true;
            default:
                value = 0;
                return false;
        }
    }

    public bool TryGetDouble(out double value)
    {
        switch (_node)
        {
            case DoubleNode:
                value = Cursor.ReadDouble();
                return true;
            case FloatNode:
                value = Cursor.ReadSingle();
                return true;
            default:
                var isWhole = TryGetLong(out var whole);
                value = whole;
                return isWhole;
        }
    }

    /// <summary>False also for one of more digits than .NET's decimal has.</summary>
    public bool TryGetDecimal(out decimal value)
    {
        value = 0;
        return _node is BytesNode { Kind: AlertValueKind.Exact } bytes && DecimalNumber.TryRead(Bytes(bytes).Span, bytes.Scale, out value);
    }

    /// <summary>False also for a time outside of the years 1 to 9999.</summary>
    public bool TryGetTime(out DateTimeOffset value)
    {
        Int128? ticks = _node switch
        {
            IntNode { Kind: AlertValueKind.Time } => Cursor.ReadInt() * TimeSpan.TicksPerDay,
            LongNode { Kind: AlertValueKind.Time } time => (Int128)Cursor.ReadLong() * time.Ticks,
            _ => null,
        };
        var isInYears = DateTimeOffset.UnixEpoch.Ticks + ticks is { } since1 && since1 >= 0 && since1 <= DateTimeOffset.MaxValue.Ticks;
        value = isInYears ? DateTimeOffset.UnixEpoch.AddTicks((long)ticks!.Value) : default;
        return isInYears;
    }

    public bool TryGetString(out string value)
    {
        var cursor = Cursor;
        value = _node switch
        {
            TextNode => System.Text.Encoding.UTF8.GetString(cursor.ReadBytes()),
            EnumNode symbols => symbols.Read(ref cursor),
            _ => "",
        };
        return Kind == AlertValueKind.Text;
    }

    public bool TryGetBytes(out ReadOnlyMemory<byte> value)
    {
        var bytes = _node as BytesNode;
        value = bytes is null ? default : Bytes(bytes);
        return bytes is not null;
    }

    /// <summary>One line of JSON: see <see cref="Fink.Client.Alert.ToJson"/>.</summary>
    public string ToJson() => ValueJson.Write(this);

    /// <summary>A text as it is, a number in digits, empty for null, all else as JSON.</summary>
    public override string ToString() => Kind switch
    {
        AlertValueKind.Null => "",
        AlertValueKind.Text => AsString(),
        AlertValueKind.Whole => AsLong().ToString(CultureInfo.InvariantCulture),
        AlertValueKind.Real when _node is FloatNode => AsFloat().ToString(CultureInfo.InvariantCulture),
        AlertValueKind.Real => AsDouble().ToString(CultureInfo.InvariantCulture),
        _ => ToJson(),
    };

    /// <summary>The digits of a decimal, however many there are.</summary>
    internal string DecimalText() => DecimalNumber.Text(Bytes((BytesNode)_node!).Span, ((BytesNode)_node!).Scale);

    private DatumCursor Cursor => new(_alert is null ? default : _alert.Datum.Span, _at);

    private AlertValue? Look(string field)
    {
        if (_node is RecordNode record)
        {
            return record.TryFind(field, out var index) ? new AlertValue(_alert!, record[index], PlaceOf(record, index)) : null;
        }

        AlertValue? last = null;
        if (Kind == AlertValueKind.Map)
        {
            // The same name twice is allowed, and the last one counts.
            foreach (var (name, value) in Fields)
            {
                last = name == field ? value : last;
            }
        }

        return last;
    }

    private int PlaceOf(RecordNode record, int index)
    {
        if (record.FirstPlace >= 0)
        {
            return _alert!.PlaceOf(record.FirstPlace + index);
        }

        var cursor = Cursor;
        for (var before = 0; before < index; before++)
        {
            record[before].Skip(ref cursor);
        }

        return cursor.At;
    }

    private ReadOnlyMemory<byte> Bytes(BytesNode node)
    {
        var cursor = Cursor;
        var length = node.Begin(ref cursor);
        return _alert!.Datum.Slice(cursor.At, length);
    }
}
