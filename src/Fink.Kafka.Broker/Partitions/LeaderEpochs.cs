using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Partitions;

/// <summary>What a client believes to be the epoch of a partition's leader, against what it is.</summary>
internal static class LeaderEpochs
{
    /// <param name="believed">-1: the client does not say.</param>
    /// <param name="current">-1: the log cannot be used, which is for the log to say.</param>
    public static ErrorCode Check(int believed, int current)
    {
        if (believed == -1 || current == -1 || believed == current) return ErrorCode.None;

        return believed < current ? ErrorCode.FencedLeaderEpoch : ErrorCode.UnknownLeaderEpoch;
    }
}
