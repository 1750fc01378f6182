namespace Fink.Client.Files;

/// <summary>The fixed bytes of an Avro object container file (Avro 1.11, "Object Container Files").</summary>
internal static class ContainerFormat
{
    /// <summary>Of the marker that ends the header and each block.</summary>
    public const int SyncSize = 16;

    public static ReadOnlySpan<byte> Magic => "Obj\u0001"u8;

    public static ReadOnlySpan<byte> SchemaName => "avro.schema"u8;

    public static ReadOnlySpan<byte> CodecName => "avro.codec"u8;

    /// <summary>The codec that leaves the data as they are.</summary>
    public static ReadOnlySpan<byte> NullCodec => "null"u8;
}
