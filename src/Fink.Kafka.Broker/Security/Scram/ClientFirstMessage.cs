namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>Such as <c>n,,n=user,r=nonce</c>.</summary>
/// <param name="Header">The GS2 header with its last comma: the client repeats it at the end.</param>
/// <param name="Bare">What follows the header.</param>
internal sealed record ClientFirstMessage(string Header, string AuthorizationId, string Bare, string User, string Nonce)
{
    /// <summary>Null where the text is no such message, or asks for what is not served: channel binding, delegation tokens.</summary>
    public static ClientFirstMessage? Parse(string text)
    {
        var parts = text.Split(',');
        if (parts.Length < 4 || parts[0] is not ("n" or "y")) return null;

        var authorization = parts[1].Length == 0 ? "" : ScramText.Attribute(parts[1], 'a');
        var name = ScramText.Attribute(parts[2], 'n');
        var nonce = ScramText.Attribute(parts[3], 'r');
        if (authorization is null || name is null || nonce is null || !ScramText.IsNonce(nonce)) return null;

        var authorizationId = ScramText.UnescapeName(authorization);
        var user = ScramText.UnescapeName(name);
        if (authorizationId is null || string.IsNullOrEmpty(user) || parts.AsSpan(4).Contains("tokenauth=true")) return null;

        var header = $"{parts[0]},{parts[1]},";
        return new ClientFirstMessage(header, authorizationId, text[header.Length..], user, nonce);
    }
}
