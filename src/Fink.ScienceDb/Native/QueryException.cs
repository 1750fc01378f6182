using DuckDB.NET.Native;

namespace Fink.ScienceDb.Native;

/// <summary>What DuckDB said of a statement: turned into a typed error of ours by whoever knows the file or the rule.</summary>
internal sealed class QueryException(string message, bool isBinding = false) : Exception(FirstLine(message))
{
    public bool IsBinding { get; } = isBinding;

    /// <summary>DuckDB's whole text, candidate bindings and the statement's place included.</summary>
    public string FullText { get; } = message;

    public static QueryException From(ref DuckDBResult result)
    {
        var kind = NativeMethods.Query.DuckDBResultErrorType(ref result);
        var message = NativeMethods.Query.DuckDBResultError(ref result);
        NativeMethods.Query.DuckDBDestroyResult(ref result);
        return new QueryException(message, kind is DuckDBErrorType.Binder or DuckDBErrorType.Catalog or DuckDBErrorType.Parser);
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
