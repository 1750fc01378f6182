using System.Globalization;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Native;
using Fink.ScienceDb.Rules;
using Fink.ScienceDb.Sources;

namespace Fink.ScienceDb.Scans;

/// <summary>A pass over a file. <see cref="Batch"/> is valid until the next move.</summary>
public sealed class RowScan : IDisposable
{
    private readonly Session _session;
    private readonly SourceFile _file;
    private readonly ScanPlan _plan;
    private readonly string _table;
    private readonly QueryResult _result;

    internal RowScan(Session session, SourceFile file, ScanPlan plan, RowRange? rows)
    {
        _session = session;
        _file = file;
        _plan = plan;
        _table = $"{Sql.Table(file)} {Where(rows)}";
        _result = Guard(() => session.Stream(Statement()));
        Batch = new ColumnBatch(_result.Columns());
    }

    public ColumnBatch Batch { get; }

    /// <exception cref="UnreadableFileException">The file broke off, or a rule failed on a row.</exception>
    /// <exception cref="OperationCanceledException">The database was interrupted.</exception>
    public bool MoveNext() => Guard(() => _result.Next(Batch));

    public void Dispose() => _result.Dispose();

    private string Statement()
    {
        var columns = _plan.Columns.Select(Sql.Name)
            .Concat(_plan.Texts.Select(path => $"CAST({Sql.Path(path)} AS VARCHAR)"))
            .Concat(_plan.Rules.Select(rule => rule.Where is null ? "true" : Sql.Match(rule.Where)));
        return $"SELECT {string.Join(", ", columns)} FROM {_table}";
    }

    private static string Where(RowRange? rows) => rows is { } range
        ? string.Create(CultureInfo.InvariantCulture, $"WHERE {Sql.RowNumber} >= {range.First} AND {Sql.RowNumber} < {range.End}")
        : "WHERE true";

    private T Guard<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (QueryException e) when (e.IsInterrupted)
        {
            throw new OperationCanceledException($"reading {_file.Name} was interrupted", e);
        }
        catch (QueryException e)
        {
            throw new UnreadableFileException(_file.Name, FailedRule() ?? e.Message, e);
        }
    }

    /// <summary>
    /// Which rule fails, and on which row. DuckDB says only what went wrong, and such an error must not pass for "no
    /// match": the rule has to be written so that it has an answer for every row.
    /// </summary>
    private string? FailedRule()
    {
        foreach (var rule in _plan.Rules.Where(rule => rule.Where is not null))
        {
            var match = Sql.Match(rule.Where!);
            try
            {
                using var failing = _session.Query(
                    $"SELECT CAST({Sql.RowNumber} AS VARCHAR) FROM {_table} AND TRY({match}) IS NULL LIMIT 1");
                if (failing.ReadText() is [[{ } row]])
                {
                    return $"the rule of {rule.Name} fails on row {row}: {Reason(match, row)}; "
                        + $"guard '{rule.Where}' by CASE WHEN … THEN … END or try(…)";
                }
            }
            catch (QueryException)
            {
                // The file itself cannot be read: the first error says it.
                return null;
            }
        }

        return null;
    }

    private string Reason(string match, string row)
    {
        try
        {
            using var result = _session.Query($"SELECT CAST({match} AS VARCHAR) FROM {_table} AND {Sql.RowNumber} = {row}");
            return "it has no answer";
        }
        catch (QueryException e)
        {
            return TypeNames.Shorten(e.Message);
        }
    }
}
