namespace Fink.Client;

/// <summary>What stands around the datum in a message's value. The names are those of the message header `wire`.</summary>
public enum WireForm
{
    /// <summary>Nothing.</summary>
    Bare,

    /// <summary>Confluent's prefix: a zero byte, and the schema's id in four bytes, highest first.</summary>
    Confluent,

    /// <summary>An Avro object container file of one datum, not compressed. It brings its schema.</summary>
    Ocf,
}
