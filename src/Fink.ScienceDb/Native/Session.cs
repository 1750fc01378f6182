using DuckDB.NET.Native;

namespace Fink.ScienceDb.Native;

/// <summary>An in-memory DuckDB with one connection. Owns both; not for use by two threads at once.</summary>
internal sealed class Session : IDisposable
{
    private readonly DuckDBDatabase _database;
    private readonly DuckDBNativeConnection _connection;

    public Session(IReadOnlyDictionary<string, string> settings)
    {
        NativeMethods.Configuration.DuckDBCreateConfig(out var config);
        using (config)
        {
            foreach (var (name, value) in settings)
            {
                if (NativeMethods.Configuration.DuckDBSetConfig(config, name, value) != DuckDBState.Success)
                {
                    throw new ScienceDbException($"DuckDB refuses the setting {name}={value}");
                }
            }

            if (NativeMethods.Startup.DuckDBOpen(":memory:", out _database, config, out var error) != DuckDBState.Success)
            {
                throw new ScienceDbException($"DuckDB did not start: {error}");
            }
        }

        if (NativeMethods.Startup.DuckDBConnect(_database, out _connection) != DuckDBState.Success)
        {
            _database.Dispose();
            throw new ScienceDbException("DuckDB refused a connection to its own memory");
        }
    }

    public DuckDBNativeConnection Connection => _connection;

    /// <summary>Runs a statement for its effect.</summary>
    /// <exception cref="QueryException">DuckDB refused it or failed.</exception>
    public void Execute(string sql)
    {
        using var result = Query(sql);
    }

    /// <summary>Runs a statement and keeps its whole result: for small ones.</summary>
    public QueryResult Query(string sql)
    {
        if (NativeMethods.Query.DuckDBQuery(_connection, sql, out var result) != DuckDBState.Success)
        {
            throw Failed(ref result);
        }

        return new QueryResult(result);
    }

    /// <summary>Starts a statement whose result is made chunk by chunk as it is read: memory does not grow with it.</summary>
    public QueryResult Stream(string sql)
    {
        using var statement = Prepare(sql);
        if (NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result) != DuckDBState.Success)
        {
            throw Failed(ref result);
        }

        return new QueryResult(result);
    }

    /// <summary>Binds a statement without running it.</summary>
    public DuckDBPreparedStatement Prepare(string sql)
    {
        if (NativeMethods.PreparedStatements.DuckDBPrepare(_connection, sql, out var statement) != DuckDBState.Success)
        {
            using (statement)
            {
                throw new QueryException(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
            }
        }

        return statement;
    }

    /// <summary>Makes a running statement end with an error, from any thread.</summary>
    public void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(_connection);

    private static QueryException Failed(ref DuckDBResult result)
    {
        var error = QueryException.From(ref result);
        NativeMethods.Query.DuckDBDestroyResult(ref result);
        return error;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }
}
