using System.Globalization;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Native;
using Fink.ScienceDb.Rules;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Sources;

namespace Fink.ScienceDb;

/// <summary>
/// Reads Parquet through DuckDB, locked to the folders of its source: no other file, no network, no extension and no
/// setting can be reached from a rule. One owner, one thread at a time.
/// </summary>
public sealed class ScienceDatabase : IDisposable
{
    private readonly Session _session;
    private RowFunctions? _rowFunctions;

    public ScienceDatabase(ScienceDatabaseOptions options)
    {
        _session = new Session(new Dictionary<string, string>
        {
            ["threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
            ["memory_limit"] = $"{options.MemoryLimitMegabytes}MB",
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
        });
        try
        {
            LockDown(options.AllowedFolders);
        }
        catch (QueryException e)
        {
            _session.Dispose();
            throw new ScienceDbException($"DuckDB refuses to be locked to {string.Join(", ", options.AllowedFolders)}: {e.Message}", e);
        }
    }

    /// <summary>The columns of a file, and those of its <c>key=value</c> folders.</summary>
    /// <exception cref="UnreadableFileException">DuckDB could not read it.</exception>
    public SourceSchema ReadSchema(SourceFile file)
    {
        var columns = Describe($"SELECT * FROM {Sql.File(file)} LIMIT 0", file);
        var folders = file.HiveFolders.Select(folder => new ColumnField(folder.Name, new ColumnType(folder.Kind)));
        return new SourceSchema(columns, [.. folders.Where(folder => !columns.Any(own => IsSame(own, folder)))]);
    }

    /// <summary>How many rows each row group of a file has, in order.</summary>
    /// <exception cref="UnreadableFileException">DuckDB could not read it.</exception>
    public IReadOnlyList<long> ReadRowGroups(SourceFile file)
    {
        var sql = "SELECT CAST(any_value(row_group_num_rows) AS VARCHAR) "
            + $"FROM parquet_metadata({Sql.Text(file.Path)}) GROUP BY row_group_id ORDER BY row_group_id";
        return Read(file, () =>
        {
            using var result = _session.Query(sql);
            return result.ReadText().Select(row => long.Parse(row[0]!, CultureInfo.InvariantCulture)).ToArray();
        });
    }

    /// <summary>Checks that every rule is one condition that binds against the file's columns and reads nothing else.</summary>
    /// <exception cref="RuleException">The first that is not, with the column and near matches.</exception>
    public void CheckRules(IEnumerable<RowRule> rules, SourceFile file, SourceSchema schema)
    {
        var checker = new RuleChecker(_session, RowFunctions, file, schema);
        foreach (var rule in rules)
        {
            checker.Check(rule);
        }
    }

    /// <summary>Starts the one pass over a file (or a run of its rows) that reads columns and evaluates every rule.</summary>
    /// <exception cref="UnreadableFileException">DuckDB could not read it; also while the scan moves on.</exception>
    public RowScan Scan(SourceFile file, ScanPlan plan, RowRange? rows = null) =>
        new(_session, file, plan, rows);

    /// <summary>Makes a running scan end with <see cref="OperationCanceledException"/>, from any thread.</summary>
    public void Interrupt() => _session.Interrupt();

    public void Dispose() => _session.Dispose();

    private RowFunctions RowFunctions => _rowFunctions ??= RowFunctions.Load(_session);

    private void LockDown(IReadOnlyList<string> folders)
    {
        var allowed = string.Join(", ", folders.Select(folder => Sql.Text(Path.GetFullPath(folder))));
        _session.Execute("SET TimeZone = 'UTC'");
        // Statistics leave NaN out (as Arrow writes them), and DuckDB folds conditions by them: whether a row matches would
        // depend on the file that it is in.
        _session.Execute("SET disabled_optimizers = 'statistics_propagation'");
        // A file is read once: keeping its bytes would only take memory from the rows in flight.
        _session.Execute("SET enable_external_file_cache = false");
        _session.Execute("SET temp_directory = ''");
        _session.Execute($"SET allowed_directories = [{allowed}]");
        _session.Execute("SET enable_external_access = false");
        _session.Execute("SET lock_configuration = true");
    }

    private static bool IsSame(ColumnField own, ColumnField folder) => own.Name.Equals(folder.Name, StringComparison.OrdinalIgnoreCase);

    private ColumnField[] Describe(string sql, SourceFile file) => Read(file, () =>
    {
        using var result = _session.Query(sql);
        return result.Columns();
    });

    private static T Read<T>(SourceFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (QueryException e)
        {
            throw new UnreadableFileException(file.Name, e.Message, e);
        }
    }
}
