using System.Globalization;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Native;
using Fink.ScienceDb.Sources;

namespace Fink.ScienceDb.Scans;

/// <summary>A pass over a file. <see cref="Batch"/> is valid until the next move.</summary>
public sealed class RowScan : IDisposable
{
    private readonly SourceFile _file;
    private readonly QueryResult _result;

    internal RowScan(Session session, SourceFile file, ScanPlan plan, RowRange? rows)
    {
        _file = file;
        Batch = new ColumnBatch(plan.ColumnCount);
        _result = session.Stream(Statement(file, plan, rows));
    }

    public ColumnBatch Batch { get; }

    /// <exception cref="UnreadableFileException">The file broke off, or a rule failed on a row.</exception>
    public bool MoveNext()
    {
        try
        {
            return _result.Next(Batch);
        }
        catch (QueryException e)
        {
            throw new UnreadableFileException(_file.Name, e.Message, e);
        }
    }

    public void Dispose() => _result.Dispose();

    private static string Statement(SourceFile file, ScanPlan plan, RowRange? rows)
    {
        var columns = plan.Columns.Select(Sql.Name)
            .Concat(plan.Texts.Select(path => $"CAST({Sql.Path(path)} AS VARCHAR)"))
            .Concat(plan.Rules.Select(rule => rule.Where is null ? "true" : Sql.Match(rule.Where)));
        var statement = $"SELECT {string.Join(", ", columns)} FROM {Sql.Table(file)}";
        return rows is not { } range
            ? statement
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{statement} WHERE file_row_number >= {range.First} AND file_row_number < {range.End}");
    }
}
