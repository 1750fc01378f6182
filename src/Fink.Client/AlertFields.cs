using System.Collections;
using System.Text;
using Fink.Client.Plans;

namespace Fink.Client;

/// <summary>A field of a record, or an entry of a map.</summary>
public readonly record struct AlertField(string Name, AlertValue Value);

/// <summary>The fields of a record in the order of the schema, or the entries of a map in the order of the message.</summary>
public readonly struct AlertFields : IEnumerable<AlertField>
{
    private readonly Alert? _alert;
    private readonly PlanNode? _node;
    private readonly int _at;

    internal AlertFields(Alert? alert, PlanNode? node, int at)
    {
        _alert = alert;
        _node = node;
        _at = at;
    }

    public Enumerator GetEnumerator() => new(_alert, _node, _at);

    IEnumerator<AlertField> IEnumerable<AlertField>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator : IEnumerator<AlertField>
    {
        private readonly Alert? _alert;
        private readonly PlanNode? _node;
        private readonly int _first;

        // Of the current value; behind its name in a map.
        private int _at;
        private int _field = -1;
        private long _left;
        private string? _name;

        internal Enumerator(Alert? alert, PlanNode? node, int at)
        {
            _alert = alert;
            _node = node;
            _first = at;
            _at = at;
        }

        public readonly AlertField Current => _node is RecordNode record
            ? new AlertField(record.Names[_field], new AlertValue(_alert!, record[_field], _at))
            : new AlertField(_name!, new AlertValue(_alert!, ((BlocksNode)_node!).Item, _at));

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => _node switch
        {
            RecordNode record => MoveNext(record),
            BlocksNode map => MoveNext(map),
            _ => false,
        };

        public void Reset()
        {
            _at = _first;
            _field = -1;
            _left = 0;
        }

        public readonly void Dispose()
        {
            // A view of the alert's bytes holds nothing.
        }

        private bool MoveNext(RecordNode record)
        {
            if (_field + 1 >= record.Names.Count)
            {
                return false;
            }

            if (record.FirstPlace >= 0)
            {
                _at = _alert!.PlaceOf(record.FirstPlace + _field + 1);
            }
            else if (_field >= 0)
            {
                var cursor = new DatumCursor(_alert!.Datum.Span, _at);
                record[_field].Skip(ref cursor);
                _at = cursor.At;
            }

            _field++;
            return true;
        }

        private bool MoveNext(BlocksNode map)
        {
            if (_left < 0)
            {
                return false;
            }

            var cursor = new DatumCursor(_alert!.Datum.Span, _at);
            if (_field >= 0)
            {
                map.Item.Skip(ref cursor);
                _left--;
            }

            if (_left == 0)
            {
                _left = map.ReadBlock(ref cursor);
            }

            _field++;
            if (_left == 0)
            {
                _left = -1;
                return false;
            }

            _name = Encoding.UTF8.GetString(cursor.ReadBytes());
            _at = cursor.At;
            return true;
        }
    }
}
