using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using Fink.ScienceDb.Native;

namespace Fink.ScienceDb.Simulation;

/// <summary>
/// The table function <c>stamps()</c>: the numbers of a run of alerts and their three images. It also sets the size of a
/// row group: DuckDB's writer closes one between two chunks, and its own tables come in chunks of 2048 rows (100 MB here).
/// </summary>
internal sealed unsafe class StampTable : IDisposable
{
    public const int RowsAtOnce = 128;

    private readonly StampMaker _maker;
    private readonly IProgress<long>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly Stamps[] _stamps = new Stamps[RowsAtOnce];
    private GCHandle _self;
    private ExceptionDispatchInfo? _failure;
    private long _first;
    private long _count;
    private long _made;

    public StampTable(Session session, StampMaker maker, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        _maker = maker;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _self = GCHandle.Alloc(this);

        var function = NativeMethods.TableFunction.DuckDBCreateTableFunction();
        NativeMethods.TableFunction.DuckDBTableFunctionSetName(function, "stamps");
        NativeMethods.TableFunction.DuckDBTableFunctionSetExtraInfo(function, GCHandle.ToIntPtr(_self), null);
        NativeMethods.TableFunction.DuckDBTableFunctionSetBind(function, &Bind);
        NativeMethods.TableFunction.DuckDBTableFunctionSetInit(function, &Init);
        NativeMethods.TableFunction.DuckDBTableFunctionSetFunction(function, &Fill);
        var state = NativeMethods.TableFunction.DuckDBRegisterTableFunction(session.Connection, function);
        NativeMethods.TableFunction.DuckDBDestroyTableFunction(ref function);
        if (state != DuckDBState.Success)
        {
            _self.Free();
            throw new ScienceDbException("DuckDB refused the table function of the simulation");
        }
    }

    /// <summary>Sets the alerts that the next statement reads.</summary>
    public void Provide(long first, long count) => (_first, _count) = (first, count);

    /// <summary>Throws what ended a statement from inside this table.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    public void Dispose() => _self.Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(IntPtr info)
    {
        using var number = NativeMethods.LogicalType.DuckDBCreateLogicalType(DuckDBType.BigInt);
        using var bytes = NativeMethods.LogicalType.DuckDBCreateLogicalType(DuckDBType.Blob);
        NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, "n", number);
        NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, "science", bytes);
        NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, "template", bytes);
        NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, "difference", bytes);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Init(IntPtr info) => Of(NativeMethods.TableFunction.DuckDBInitGetExtraInfo(info))._made = 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Fill(IntPtr info, IntPtr chunk)
    {
        var table = Of(NativeMethods.TableFunction.DuckDBFunctionGetExtraInfo(info));
        try
        {
            table.Fill(chunk);
        }
        catch (Exception e)
        {
            // No exception may cross native frames: DuckDB ends the statement, and its caller throws this one.
            table._failure = ExceptionDispatchInfo.Capture(e);
            NativeMethods.TableFunction.DuckDBFunctionSetError(info, e.Message);
        }
    }

    private void Fill(IntPtr chunkHandle)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var rows = (int)Math.Min(RowsAtOnce, _count - _made);
        var start = _first + _made;
        Parallel.For(0, rows, row => _stamps[row] = _maker.Make(start + row));

        // DuckDB owns the chunk; this handle only names it.
        using var chunk = new DuckDBDataChunk(chunkHandle);
        var science = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, 1);
        var template = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, 2);
        var difference = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, 3);
        var numbers = new Span<long>(
            NativeMethods.Vectors.DuckDBVectorGetData(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, 0)), rows);
        for (var row = 0; row < rows; row++)
        {
            numbers[row] = start + row;
            Assign(science, row, _stamps[row].Science);
            Assign(template, row, _stamps[row].Template);
            Assign(difference, row, _stamps[row].Difference);
        }

        NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)rows);
        _made += rows;
        if (rows > 0)
        {
            _progress?.Report(_first + _made);
        }
    }

    private static void Assign(IntPtr vector, int row, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
        {
            NativeMethods.Vectors.DuckDBVectorAssignStringElementLength(vector, (ulong)row, bytes, value.Length);
        }
    }

    private static StampTable Of(IntPtr extra) => (StampTable)GCHandle.FromIntPtr(extra).Target!;
}
