using Fink.ScienceDb.Native;

namespace Fink.ScienceDb;

/// <summary>
/// One statement on a DuckDB of its own, its rows as text: for checks that must share nothing with rules and scans, and
/// for asking whether DuckDB is there at all.
/// </summary>
public static class PlainQuery
{
    /// <param name="sql">A SELECT whose columns are VARCHAR.</param>
    /// <exception cref="ScienceDbException">DuckDB refused it or failed.</exception>
    public static IReadOnlyList<IReadOnlyList<string?>> Rows(string sql)
    {
        using var session = new Session(new Dictionary<string, string>
        {
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
        });
        try
        {
            using var result = session.Query(sql);
            return result.ReadText();
        }
        catch (QueryException error)
        {
            throw new ScienceDbException(error.Message, error);
        }
    }

    /// <summary>A text as SQL writes it.</summary>
    public static string Quote(string text) => Sql.Text(text);
}
