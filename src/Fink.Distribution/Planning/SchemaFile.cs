using Fink.Avro;

namespace Fink.Distribution.Planning;

/// <summary>The file that DISTRIBUTION_SCHEMA names: the schema of a whole alert, for consumers of the original.</summary>
internal static class SchemaFile
{
    /// <summary>Replaces the file by rename, so that a reader sees the old schema or the new; not when it holds this one.</summary>
    /// <exception cref="DistributionException">It cannot be written.</exception>
    public static void Write(string path, AlertSchema schema)
    {
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(schema.Json))
            {
                return;
            }

            var full = Path.GetFullPath(path);
            var beside = $"{full}.{Environment.ProcessId}.new";
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(beside, schema.Json);
            File.Move(beside, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributionException($"schema file {path} (DISTRIBUTION_SCHEMA): {e.Message}", e);
        }
    }
}
