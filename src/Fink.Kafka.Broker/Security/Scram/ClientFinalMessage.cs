namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>Such as <c>c=biws,r=nonce,p=proof</c>.</summary>
/// <param name="WithoutProof">All of it before <c>,p=</c>.</param>
internal sealed record ClientFinalMessage(byte[] ChannelBinding, string Nonce, byte[] Proof, string WithoutProof)
{
    /// <summary>Null where the text is no such message.</summary>
    public static ClientFinalMessage? Parse(string text)
    {
        var parts = text.Split(',');
        if (parts.Length < 3) return null;

        var binding = ScramText.Base64(ScramText.Attribute(parts[0], 'c'));
        var nonce = ScramText.Attribute(parts[1], 'r');
        var proof = ScramText.Base64(ScramText.Attribute(parts[^1], 'p'));
        return binding is null || nonce is null || proof is null
            ? null
            : new ClientFinalMessage(binding, nonce, proof, text[..(text.Length - parts[^1].Length - 1)]);
    }
}
