using System.Buffers;

namespace Fink.Kafka.Protocol;

/// <summary>An output that fetches records for itself when their turn comes, instead of being given a copy of them.</summary>
public interface IFrameOutput : IBufferWriter<byte>
{
    /// <summary>All of the records come here, between what was written before and what is written next.</summary>
    void Append(RecordBytes records);
}
