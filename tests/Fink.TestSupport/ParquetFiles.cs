using System.Globalization;
using DuckDB.NET.Native;

namespace Fink.TestSupport;

/// <summary>A folder of Parquet files that DuckDB writes from queries; gone when disposed.</summary>
public sealed class ParquetFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("fink-parquet-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes the rows of a query as a file, in folders that it makes; returns its path.</summary>
    public string Write(string name, string query, int rowGroupSize = 122_880)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Run(string.Create(
            CultureInfo.InvariantCulture,
            $"COPY ({query}) TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, ROW_GROUP_SIZE {rowGroupSize})"));
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Run(string sql)
    {
        NativeMethods.Configuration.DuckDBCreateConfig(out var config);
        using var settings = config;
        Check(NativeMethods.Startup.DuckDBOpen(":memory:", out var database, config, out var problem), problem ?? "");
        using (database)
        {
            Check(NativeMethods.Startup.DuckDBConnect(database, out var connection), "no connection");
            using (connection)
            {
                var state = NativeMethods.Query.DuckDBQuery(connection, sql, out var result);
                Check(state, NativeMethods.Query.DuckDBResultError(ref result) ?? "");
                NativeMethods.Query.DuckDBDestroyResult(ref result);
            }
        }
    }

    private static void Check(DuckDBState state, string problem)
    {
        if (state != DuckDBState.Success)
        {
            throw new InvalidOperationException($"DuckDB: {problem}");
        }
    }
}
