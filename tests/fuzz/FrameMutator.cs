using System.Buffers.Binary;

namespace Fink.Fuzz;

/// <summary>Makes bytes for the wire out of good requests: the same from the same seed.</summary>
public sealed class FrameMutator(int seed)
{
    /// <summary>Key, version and correlation id: what comes before the parts that differ from API to API.</summary>
    private const int FixedHeader = 8;

    private static readonly byte[][] Lengths =
    [
        [0x7f, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0x7f, 0xff], [0xff, 0xfe], [0xff, 0xff, 0xff, 0xff, 0x07],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0x05, 0xf5, 0xe1, 0x00],
    ];

    private readonly Random _random = new(seed);

    /// <summary>The ways to spoil a request; each is taken as often as the others.</summary>
    public static int Kinds => Ways.Length;

    private static Func<FrameMutator, byte[], byte[]>[] Ways { get; } =
    [
        (_, frame) => WithLength(frame),
        (mutator, frame) => WithLength(mutator.Flip(frame)),
        (mutator, frame) => WithLength(mutator.Flip(frame)),
        (mutator, frame) => WithLength(mutator.Cut(frame)),
        (mutator, frame) => WithLength(mutator.Cut(frame), frame.Length),
        (mutator, frame) => WithLength(mutator.Overwrite(frame)),
        (mutator, frame) => WithLength(mutator.Overwrite(frame)),
        (mutator, frame) => WithLength(mutator.Readdress(frame)),
        (mutator, frame) => WithLength([.. frame, .. mutator.Noise(64)]),
        (mutator, frame) => WithLength([.. frame[..Math.Min(FixedHeader, frame.Length)], .. mutator.Noise(300)]),
        (mutator, _) => WithLength(mutator.Noise(300)),
        (mutator, _) => mutator.Noise(300),
        (mutator, frame) => WithLength(frame, mutator._random.Next(int.MinValue, int.MaxValue)),
    ];

    public byte[] Spoil(byte[] frame, int kind) => Ways[kind % Ways.Length](this, frame);

    private static byte[] WithLength(byte[] frame, int? length = null)
    {
        var bytes = new byte[4 + frame.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length ?? frame.Length);
        frame.CopyTo(bytes, 4);
        return bytes;
    }

    private byte[] Flip(byte[] frame)
    {
        var copy = frame.ToArray();
        for (var left = 1 + _random.Next(6); left > 0 && copy.Length > FixedHeader; left--)
        {
            copy[_random.Next(FixedHeader, copy.Length)] ^= (byte)(1 << _random.Next(8));
        }

        return copy;
    }

    private byte[] Cut(byte[] frame) => frame[.._random.Next(frame.Length)];

    private byte[] Overwrite(byte[] frame)
    {
        var copy = frame.ToArray();
        var length = Lengths[_random.Next(Lengths.Length)];
        if (copy.Length >= FixedHeader + length.Length) length.CopyTo(copy, _random.Next(FixedHeader, copy.Length - length.Length + 1));
        return copy;
    }

    private byte[] Readdress(byte[] frame)
    {
        var copy = frame.ToArray();
        BinaryPrimitives.WriteInt16BigEndian(copy, (short)_random.Next(-2, 100));
        BinaryPrimitives.WriteInt16BigEndian(copy.AsSpan(2), (short)_random.Next(-2, 20));
        return copy;
    }

    private byte[] Noise(int most)
    {
        var noise = new byte[1 + _random.Next(most)];
        _random.NextBytes(noise);
        return noise;
    }
}
