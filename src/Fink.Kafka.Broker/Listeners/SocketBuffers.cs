using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>
/// Buffers of 64 KB between sockets and frames. Kestrel's own are 4 KB, right for web pages: a batch of 1 MB would be 256 reads of
/// the socket. None is held for a connection that waits.
/// </summary>
internal sealed class SocketBuffers : MemoryPool<byte>
{
    private const int Size = 64 * 1024;

    public override int MaxBufferSize => Size;

    /// <summary>Options whose connections have such buffers. Kestrel's setter is not public (10.0).</summary>
    public static SocketConnectionFactoryOptions Options()
    {
        var options = new SocketConnectionFactoryOptions();
        SetMemoryPoolFactory(options, new Factory());
        return options;
    }

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, Size));

    protected override void Dispose(bool disposing)
    {
        // The arrays are of the shared pool.
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_MemoryPoolFactory")]
    private static extern void SetMemoryPoolFactory(SocketConnectionFactoryOptions options, IMemoryPoolFactory<byte> factory);

    private sealed class Factory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new SocketBuffers();
    }
}
