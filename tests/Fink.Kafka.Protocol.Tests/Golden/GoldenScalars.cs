using System.Globalization;
using Fink.Kafka.Protocol.Tests.Messages;

namespace Fink.Kafka.Protocol.Tests.Golden;

/// <summary>
/// Checks a decoded message of the variant "filled": the k-th scalar in wire order has the value that GoldenMessages.java gave it,
/// every array has two items, every tagged field is present.
/// </summary>
internal sealed class GoldenScalars : IScalars
{
    /// <summary>Where records keep the value of their one record in the batch that GoldenMessages.java makes: its last bytes but one.</summary>
    private const int RecordValueFromEnd = 4;

    private int _count;

    public bool IsFilling => false;

    /// <summary>What is not as it should be, one line each.</summary>
    public List<string> Differences { get; } = [];

    public void Next(ref bool value, string name) => Check(value, _ => true, name);

    public void Next(ref sbyte value, string name) => Check(value, k => (sbyte)((k % 100) + 1), name);

    public void Next(ref short value, string name) => Check(value, k => (short)k, name);

    public void Next(ref int value, string name) => Check(value, k => (k * 1000) + 7, name);

    public void Next(ref long value, string name) => Check(value, k => k * 1_000_000_007L, name);

    public void Next(ref double value, string name) => Check(value, k => k + 0.5, name);

    public void Next(ref Guid value, string name) =>
        Check(value.ToString("N"), k => $"{k * 1_000_000_007L:x16}{~(long)k:x16}", name);

    public void Next(ref string? value, string name, bool nullable) =>
        Check(value, k => string.Create(CultureInfo.InvariantCulture, $"s{k}{(k % 2 == 0 ? "é" : "")}"), name);

    public void Next(ref ReadOnlyMemory<byte>? value, string name, bool nullable)
    {
        var bytes = value is { } given ? Convert.ToHexString((nullable ? given[^RecordValueFromEnd..^1] : given).Span) : "null";
        Check(bytes, k => Convert.ToHexString([(byte)k, (byte)(k + 1), (byte)(k + 2)]), name);
    }

    public void Array<T>(ref T[]? items, string name, bool nullable)
    {
        if (items?.Length != 2) Differences.Add($"{name} has {items?.Length} items instead of 2");
    }

    public bool WantsTag(uint present, int tag) => (present >> tag & 1) == 1;

    private void Check<T>(T value, Func<int, T> expected, string name)
    {
        var wanted = expected(++_count);
        if (!Equals(value, wanted)) Differences.Add($"{name}, scalar {_count}, is {value} instead of {wanted}");
    }
}
