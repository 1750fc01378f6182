using System.Globalization;
using System.Reflection;
using Fink.ScienceDb.Native;

namespace Fink.ScienceDb.Simulation;

/// <summary>
/// Writes a synthetic night of alerts as Parquet, in the shape of a survey's real ones. DuckDB draws the values (from
/// embedded SQL) and writes the files; the images come from <see cref="StampTable"/>. Memory holds one row group.
/// </summary>
public static class SimulatedNight
{
    /// <summary>Writes the night; returns the files in order.</summary>
    /// <param name="progress">Told how many alerts are made, now and then.</param>
    /// <exception cref="ArgumentOutOfRangeException">No alerts, no files, or more files than alerts.</exception>
    /// <exception cref="ScienceDbException">The folder holds Parquet files already, or cannot be written to.</exception>
    public static IReadOnlyList<string> Write(
        SimulationOptions options,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Alerts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Files, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Files, options.Alerts);
        var folder = Prepare(options);

        using var session = new Session(new Dictionary<string, string>
        {
            // One thread, so that the rows come in order; the images are made by all cores beside it.
            ["threads"] = "1",
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
        });
        using var stamps = new StampTable(session, StampMaker.For(options.Survey), progress, cancellationToken);
        session.Execute(Resource("macros"));
        var night = Resource(options.Survey == Survey.Ztf ? "ztf" : "rubin");

        var files = new List<string>();
        for (var i = 0; i < options.Files; i++)
        {
            var first = Boundary(options, i);
            stamps.Provide(first, Boundary(options, i + 1) - first);
            files.Add(WriteFile(session, stamps, night, Path.Combine(folder, FileName(i))));
        }

        return files;
    }

    private static string Prepare(SimulationOptions options)
    {
        var folder = Path.GetFullPath(options.OutputFolder);
        try
        {
            Directory.CreateDirectory(folder);
            var present = Directory.EnumerateFiles(folder, "*.parquet")
                .FirstOrDefault(file => !Path.GetFileName(file).StartsWith('.'));
            return present is null || options.Overwrite
                ? folder
                : throw new ScienceDbException(
                    $"{folder} holds Parquet files already ({Path.GetFileName(present)}): name another folder, or overwrite it (--overwrite)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScienceDbException($"{folder}: cannot be written to: {e.Message}", e);
        }
    }

    private static string WriteFile(Session session, StampTable stamps, string night, string path)
    {
        // Hidden until whole, so that no reader ever takes it for a file of the night.
        var unfinished = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.unfinished");
        try
        {
            session.Execute(
                $"COPY ({night}) TO {Sql.Text(unfinished)} "
                + $"(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {StampTable.RowsAtOnce})");
            File.Move(unfinished, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is QueryException or IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            stamps.ThrowIfFailed();
            throw new ScienceDbException($"{path}: not written: {e.Message}", e);
        }
    }

    private static long Boundary(SimulationOptions options, int file) =>
        (long)((Int128)options.Alerts * file / options.Files);

    private static string FileName(int index) => string.Create(CultureInfo.InvariantCulture, $"part-{index:D5}.parquet");

    private static string Resource(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"Fink.ScienceDb.Simulation.Nights.{name}.sql")
            ?? throw new InvalidOperationException($"the assembly lacks its resource {name}.sql");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
