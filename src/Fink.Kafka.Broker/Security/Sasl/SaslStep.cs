namespace Fink.Kafka.Broker.Security.Sasl;

/// <summary>What a mechanism makes of one token of the client's.</summary>
internal abstract record SaslStep
{
    private SaslStep()
    {
    }

    /// <summary>The client must answer this.</summary>
    internal sealed record Challenge(byte[] Token) : SaslStep;

    /// <summary>The client is who it says; the token is the last one.</summary>
    internal sealed record Success(byte[] Token, string User) : SaslStep;

    /// <summary>The client is not let in. The reason is for our own log: clients hear the same words for every reason.</summary>
    internal sealed record Failure(string Reason) : SaslStep;
}

/// <summary>The server's half of one exchange; serves no second one.</summary>
internal interface ISaslServer
{
    SaslStep Next(ReadOnlySpan<byte> token);
}
