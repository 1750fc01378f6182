namespace Fink.Kafka.Broker.Configuration;

/// <summary>Broker properties that cannot be: every mistake.</summary>
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

    public BrokerConfigurationException(IReadOnlyList<ConfigurationMistake> mistakes)
        : base(string.Join("; ", mistakes))
    {
        Mistakes = mistakes;
    }

    public IReadOnlyList<ConfigurationMistake> Mistakes { get; } = [];
}
