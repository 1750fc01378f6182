using Avro.Generic;
using Avro.IO;
using Fink.Avro;
using Fink.Avro.Encoding;
using Fink.ScienceDb;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Simulation;
using Fink.ScienceDb.Sources;

namespace Fink.Benchmarks.Rows;

/// <summary>A batch of simulated ZTF alerts, held open, and the same alerts as Apache.Avro's records.</summary>
public sealed class SimulatedRows : IDisposable
{
    public const int Count = 128;

    private static readonly string[] Cutouts = ["cutoutScience", "cutoutTemplate", "cutoutDifference"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fink-bench-");
    private readonly ScienceDatabase _database;
    private readonly ScienceDatabase _second;
    private readonly RowScan _scan;

    /// <param name="withCutouts">Whole alerts, or without their images.</param>
    public SimulatedRows(bool withCutouts)
    {
        SimulatedNight.Write(new SimulationOptions { Alerts = Count, OutputFolder = _folder.FullName });
        var file = new ScienceSource(_folder.FullName).List().Files.Single();
        _database = new ScienceDatabase(new ScienceDatabaseOptions([_folder.FullName]));
        _second = new ScienceDatabase(new ScienceDatabaseOptions([_folder.FullName]));
        Schema = AlertSchema.Create(_database.ReadSchema(file), [], withCutouts ? [] : Cutouts);
        Columns = [.. Schema.Columns];
        File = file;
        Encoder = new RowEncoder(Schema, Columns);
        _scan = _database.Scan(file, new ScanPlan(Columns, [], []));
        if (!_scan.MoveNext() || _scan.Batch.RowCount != Count)
        {
            throw new InvalidOperationException($"{Count} alerts should come in one batch");
        }

        Encoder.Bind(_scan.Batch);
        ApacheSchema = (global::Avro.RecordSchema)global::Avro.Schema.Parse(System.Text.Encoding.UTF8.GetString(Schema.Json));
        Records = [.. Enumerable.Range(0, Count).Select(Decode)];
    }

    public AlertSchema Schema { get; }

    public string[] Columns { get; }

    public SourceFile File { get; }

    public RowEncoder Encoder { get; }

    public AvroBuffer Buffer { get; } = new();

    public global::Avro.RecordSchema ApacheSchema { get; }

    public GenericRecord[] Records { get; }

    /// <summary>Reads the file once more, whole; returns how many rows it has.</summary>
    public long ReadAll()
    {
        using var scan = _second.Scan(File, new ScanPlan(Columns, [], []));
        long rows = 0;
        while (scan.MoveNext())
        {
            rows += scan.Batch.RowCount;
        }

        return rows;
    }

    public void Dispose()
    {
        _scan.Dispose();
        _database.Dispose();
        _second.Dispose();
        Buffer.Dispose();
        _folder.Delete(recursive: true);
    }

    private GenericRecord Decode(int row)
    {
        Buffer.Clear();
        Encoder.Encode(row, Buffer);
        using var stream = new MemoryStream(Buffer.Written.ToArray());
        return new GenericDatumReader<GenericRecord>(ApacheSchema, ApacheSchema).Read(null!, new BinaryDecoder(stream));
    }
}
