using Avro.Generic;
using Avro.IO;
using BenchmarkDotNet.Attributes;

namespace Fink.Benchmarks.Rows;

/// <summary>
/// One alert from DuckDB's vectors to Avro bytes, against Apache.Avro's writer, which is given its objects ready-made. Both
/// write the same bytes into memory that they keep.
/// </summary>
[MemoryDiagnoser]
public class EncoderBenchmarks : IDisposable
{
    private readonly MemoryStream _stream = new();
    private SimulatedRows _rows = null!;
    private GenericDatumWriter<GenericRecord> _apache = null!;
    private BinaryEncoder _apacheEncoder = null!;

    /// <summary>Whether the alerts have their images.</summary>
    [Params(true, false)]
    public bool Cutouts { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _rows = new SimulatedRows(Cutouts);
        _apache = new GenericDatumWriter<GenericRecord>(_rows.ApacheSchema);
        _apacheEncoder = new BinaryEncoder(_stream);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _rows.Dispose();
        _stream.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = SimulatedRows.Count)]
    public long ApacheGenericDatumWriter()
    {
        long bytes = 0;
        foreach (var record in _rows.Records)
        {
            _stream.SetLength(0);
            _apache.Write(record, _apacheEncoder);
            bytes += _stream.Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = SimulatedRows.Count)]
    public long RowEncoder()
    {
        long bytes = 0;
        for (var row = 0; row < SimulatedRows.Count; row++)
        {
            _rows.Buffer.Clear();
            _rows.Encoder.Encode(row, _rows.Buffer);
            bytes += _rows.Buffer.Length;
        }

        return bytes;
    }

    /// <summary>What reading alone costs: the file of one row group scanned into vectors, nothing encoded.</summary>
    [Benchmark(OperationsPerInvoke = SimulatedRows.Count)]
    public long ReadOnly() => _rows.ReadAll();
}
