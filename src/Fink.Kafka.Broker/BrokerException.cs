using Fink.Kafka.Broker.Configuration;

namespace Fink.Kafka.Broker;

/// <summary>What kept a broker from starting.</summary>
public enum BrokerFailure
{
    /// <summary>Something in <see cref="BrokerOptions"/>: a property, a certificate, a user, an ACL.</summary>
    Options,

    /// <summary>A port is taken, or an address is not this machine's.</summary>
    Listener,

    /// <summary>In use by another broker, damaged, of a newer version, or not writable.</summary>
    DataDirectory,
}

/// <summary>A broker could not be started. The message is one line that says why and what to do.</summary>
public sealed class BrokerException : Exception
{
    public BrokerException()
    {
    }

    public BrokerException(string message)
        : base(message)
    {
    }

    public BrokerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public BrokerException(BrokerFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
    }

    public BrokerException(BrokerFailure failure, IReadOnlyList<ConfigurationMistake> mistakes, Exception? innerException = null)
        : this(failure, string.Join("; ", mistakes), innerException)
    {
        Mistakes = mistakes;
    }

    public BrokerFailure Failure { get; }

    /// <summary>The properties that it is about; the message says no more. Empty where it is about none.</summary>
    public IReadOnlyList<ConfigurationMistake> Mistakes { get; } = [];
}
