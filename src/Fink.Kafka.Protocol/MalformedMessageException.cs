namespace Fink.Kafka.Protocol;

/// <summary>
/// Bytes from the wire that are no message: cut short, longer than they say, a length that cannot be, a null where none may be.
/// The only exception that reading throws.
/// </summary>
public sealed class MalformedMessageException : Exception
{
    public MalformedMessageException()
    {
    }

    public MalformedMessageException(string message)
        : base(message)
    {
    }

    public MalformedMessageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
