using System.Collections;
using Fink.Client.Plans;

namespace Fink.Client;

/// <summary>The items of a list, decoded as they are asked for.</summary>
public readonly struct AlertItems : IEnumerable<AlertValue>
{
    private readonly Alert? _alert;
    private readonly BlocksNode? _node;
    private readonly int _at;

    internal AlertItems(Alert? alert, BlocksNode? node, int at)
    {
        _alert = alert;
        _node = node;
        _at = at;
    }

    public Enumerator GetEnumerator() => new(_alert, _node, _at);

    IEnumerator<AlertValue> IEnumerable<AlertValue>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator : IEnumerator<AlertValue>
    {
        private readonly Alert? _alert;
        private readonly BlocksNode? _node;
        private readonly int _first;
        private int _at;
        private long _left;
        private bool _isStarted;

        internal Enumerator(Alert? alert, BlocksNode? node, int at)
        {
            _alert = alert;
            _node = node;
            _first = at;
            _at = at;
        }

        public readonly AlertValue Current => new(_alert!, _node!.Item, _at);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_node is null || _left < 0)
            {
                return false;
            }

            var cursor = new DatumCursor(_alert!.Datum.Span, _at);
            if (_isStarted)
            {
                _node.Item.Skip(ref cursor);
                _left--;
            }

            _isStarted = true;
            if (_left == 0)
            {
                _left = _node.ReadBlock(ref cursor);
                if (_left == 0)
                {
                    _left = -1;
                }
            }

            _at = cursor.At;
            return _left > 0;
        }

        public void Reset()
        {
            _at = _first;
            _left = 0;
            _isStarted = false;
        }

        public readonly void Dispose()
        {
            // A view of the alert's bytes holds nothing.
        }
    }
}
