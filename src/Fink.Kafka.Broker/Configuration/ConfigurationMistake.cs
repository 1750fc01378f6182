namespace Fink.Kafka.Broker.Configuration;

/// <summary>A broker property that cannot be. Together they are a sentence, so that who knows where a property was set can name that instead.</summary>
/// <param name="Property">In Kafka's own name.</param>
/// <param name="Fault">What is wrong with it and the way out: the rest of the sentence that starts with the property.</param>
public sealed record ConfigurationMistake(string Property, string Fault)
{
    public override string ToString() => $"{Property} {Fault}";
}
