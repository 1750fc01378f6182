using DuckDB.NET.Native;

namespace Fink.ScienceDb.Native;

/// <summary>What DuckDB said of a statement: turned into a typed error of ours by whoever knows the file or the rule.</summary>
internal sealed class QueryException(string message, bool isInterrupted = false) : Exception(FirstLine(message))
{
    /// <summary>The statement was told to stop.</summary>
    public bool IsInterrupted { get; } = isInterrupted;

    /// <summary>Takes the error out of a failed result.</summary>
    public static QueryException From(ref DuckDBResult result) => new(
        NativeMethods.Query.DuckDBResultError(ref result),
        NativeMethods.Query.DuckDBResultErrorType(ref result) == DuckDBErrorType.Interrupt);

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
