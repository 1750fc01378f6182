namespace Fink.Kafka.Protocol.Tests.Messages;

/// <summary>Plausible and edge values for any message, the same for the same seed.</summary>
internal sealed class RandomScalars(Random random) : IScalars
{
    private static readonly long[] Edges = [0, 1, -1, 127, 128, 255, 256, short.MaxValue, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];
    private static readonly string[] Words = ["", "t", "fink_rrlyr_ztf", "é", "星", "🔭", "a\0b"];
    private static readonly int[] Lengths = [0, 1, 2, 3, 17, 40];

    private int _itemsLeft = 300;

    public bool IsFilling => true;

    public void Next(ref bool value, string name) => value = random.Next(2) == 0;

    public void Next(ref sbyte value, string name) => value = (sbyte)random.Next(256);

    public void Next(ref short value, string name) => value = (short)Number();

    public void Next(ref int value, string name) => value = (int)Number();

    public void Next(ref long value, string name) => value = Number();

    public void Next(ref double value, string name) => value = random.Next(3) switch { 0 => 0, 1 => double.PositiveInfinity, _ => random.NextDouble() };

    public void Next(ref Guid value, string name)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        value = new Guid(bytes);
    }

    public void Next(ref string? value, string name, bool nullable) => value = random.Next(8) switch
    {
        0 when nullable => null,
        1 => new string('x', random.Next(300)),
        2 when random.Next(20) == 0 => new string('y', short.MaxValue),
        _ => Words[random.Next(Words.Length)],
    };

    public void Next(ref ReadOnlyMemory<byte>? value, string name, bool nullable)
    {
        if (nullable && random.Next(4) == 0)
        {
            value = null;
            return;
        }

        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        value = bytes;
    }

    public void Array<T>(ref T[]? items, string name, bool nullable)
    {
        if (nullable && random.Next(4) == 0)
        {
            items = null;
            return;
        }

        var length = Math.Min(Lengths[random.Next(Lengths.Length)], _itemsLeft);
        _itemsLeft -= length;
        items = new T[length];
    }

    public bool WantsTag(uint present, int tag) => random.Next(2) == 0;

    private long Number() => random.Next(2) == 0 ? Edges[random.Next(Edges.Length)] : random.NextInt64();
}
