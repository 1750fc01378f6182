namespace Fink.Fuzz;

/// <summary>Requests of every API and version, as Apache Kafka's classes wrote them: tests/golden-messages.</summary>
public static class GoldenRequests
{
    /// <summary>Header and body, without the length before them.</summary>
    public static IReadOnlyList<byte[]> Read(string file) =>
        [.. File.ReadLines(file).Select(line => line.Split(' ')).Where(parts => parts[2] == "request").Select(parts => Convert.FromHexString(parts[4]))];
}
