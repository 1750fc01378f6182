using DuckDB.NET.Native;
using Fink.ScienceDb.Columns;

namespace Fink.ScienceDb.Native;

/// <summary>A result read chunk by chunk. Owns the current chunk: the batch is a view of it.</summary>
internal sealed class QueryResult(DuckDBResult result) : IDisposable
{
    private DuckDBResult _result = result;
    private DuckDBDataChunk? _chunk;

    public int ColumnCount => (int)NativeMethods.Query.DuckDBColumnCount(ref _result);

    public ColumnField[] Columns()
    {
        var columns = new ColumnField[ColumnCount];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = NativeMethods.Query.DuckDBColumnName(ref _result, i);
            using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref _result, i);
            columns[i] = new ColumnField(name, ColumnTypes.Read(type));
        }

        return columns;
    }

    /// <summary>Fills the batch with the next rows; false at the end.</summary>
    public bool Next(ColumnBatch batch)
    {
        _chunk?.Dispose();
        _chunk = NativeMethods.Query.DuckDBFetchChunk(_result);
        if (_chunk.IsInvalid)
        {
            // The end and an error look alike until one asks.
            var hasFailed = !string.IsNullOrEmpty(NativeMethods.Query.DuckDBResultError(ref _result));
            return hasFailed ? throw QueryException.From(ref _result) : false;
        }

        batch.Load(_chunk);
        return batch.RowCount > 0;
    }

    /// <summary>All rows of a small result as text, one array a row; null where a value is null.</summary>
    public List<string?[]> ReadText()
    {
        var rows = new List<string?[]>();
        var batch = new ColumnBatch(Columns());
        while (Next(batch))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                var cells = new string?[ColumnCount];
                for (var column = 0; column < cells.Length; column++)
                {
                    cells[column] = batch[column].IsNull(row)
                        ? null
                        : System.Text.Encoding.UTF8.GetString(batch[column].Bytes(row));
                }

                rows.Add(cells);
            }
        }

        return rows;
    }

    public void Dispose()
    {
        _chunk?.Dispose();
        NativeMethods.Query.DuckDBDestroyResult(ref _result);
    }
}
