using System.Collections.Frozen;
using Fink.ScienceDb.Native;

namespace Fink.ScienceDb.Rules;

/// <summary>
/// Which functions a rule may call: those whose result depends on their arguments, and the time. Not those that DuckDB
/// itself calls volatile (random, sequences, logs, waiting), nor those that look at settings, the session or the catalogue.
/// </summary>
internal sealed class RowFunctions
{
    private const string Volatile = """
        SELECT DISTINCT function_name FROM duckdb_functions()
        WHERE stability = 'VOLATILE' OR has_side_effects OR schema_name IN ('pg_catalog', 'information_schema')
        """;

    private static readonly string[] OfTheSession =
    [
        "current_setting", "getenv", "getvariable", "current_database", "current_schema", "current_schemas", "current_catalog",
        "current_user", "current_role", "session_user", "user", "in_search_path", "txid_current", "get_block_size", "version",
        "pg_typeof", "pg_sleep",
    ];

    private readonly FrozenSet<string> _refused;

    private RowFunctions(IEnumerable<string> refused) => _refused = refused.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static RowFunctions Load(Session session)
    {
        using var result = session.Query(Volatile);
        return new RowFunctions(result.ReadText().Select(row => row[0]!).Concat(OfTheSession));
    }

    public bool Allow(string function) => !_refused.Contains(function);
}
