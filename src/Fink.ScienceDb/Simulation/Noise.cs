using System.Numerics;

namespace Fink.ScienceDb.Simulation;

/// <summary>A stream of numbers that depends on its seed alone (xorshift64*), on every machine.</summary>
internal struct Noise
{
    private ulong _state;

    public Noise(long seed)
    {
        // Neighbouring seeds must not give neighbouring streams, and the state must not be zero.
        _state = BitOperations.RotateLeft((ulong)seed * 0x9E3779B97F4A7C15, 31) * 0xD6E8FEB86659FD93 | 1;
        _ = Next();
    }

    /// <summary>Near enough to normal, mean 0 and deviation 1: the sum of four uniform numbers, scaled.</summary>
    public float Bell()
    {
        var bits = Next();
        var sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - (2 * 0xFFFF)) * (1.7320508f / 0xFFFF);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float Uniform() => (Next() >> 40) * (1f / (1 << 24));

    private ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1D;
    }
}
