namespace Fink.Kafka.Broker.Configuration;

/// <summary>Broker properties that cannot be: every mistake, each a sentence with the property's name.</summary>
public sealed class BrokerConfigurationException : Exception
{
    public BrokerConfigurationException()
    {
    }

    public BrokerConfigurationException(string message)
        : base(message)
    {
    }

    public BrokerConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public BrokerConfigurationException(IReadOnlyList<string> mistakes)
        : base(string.Join("; ", mistakes))
    {
        Mistakes = mistakes;
    }

    public IReadOnlyList<string> Mistakes { get; } = [];
}
