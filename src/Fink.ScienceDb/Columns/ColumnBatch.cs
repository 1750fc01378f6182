using DuckDB.NET.Native;

namespace Fink.ScienceDb.Columns;

/// <summary>
/// Up to 2,048 rows as column vectors, in the order that the scan asked for. Valid until the scan moves on or ends:
/// whatever is needed longer is copied out before.
/// </summary>
public sealed class ColumnBatch
{
    private readonly ColumnVector[] _vectors;

    internal ColumnBatch(IReadOnlyList<ColumnField> columns)
    {
        Columns = columns;
        _vectors = new ColumnVector[columns.Count];
    }

    /// <summary>What the vectors hold; the same list for every batch of a scan.</summary>
    public IReadOnlyList<ColumnField> Columns { get; }

    public int RowCount { get; private set; }

    public ColumnVector this[int column] => _vectors[column];

    internal void Load(DuckDBDataChunk chunk)
    {
        for (var column = 0; column < _vectors.Length; column++)
        {
            _vectors[column] = new ColumnVector(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column));
        }

        RowCount = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
    }
}
