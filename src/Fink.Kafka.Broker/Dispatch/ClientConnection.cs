using System.Net;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Sasl;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>What is known of a connection, without its bytes: who is at the other end. One request at a time.</summary>
/// <param name="sasl">Null where the listener asks nobody to log in.</param>
internal sealed class ClientConnection(IPAddress address, AdvertisedEndpoint listener, SaslSession? sasl)
{
    private readonly string _host = Requester.HostOf(address);
    private IDisposable? _held;
    private Requester _who = new(Requester.Anonymous, Requester.HostOf(address));

    public IPAddress Address => address;

    public AdvertisedEndpoint Listener => listener;

    public SaslSession? Sasl => sasl;

    public bool IsAuthenticated => sasl is null || sasl.IsAuthenticated;

    public Requester Who
    {
        get
        {
            if (sasl?.User is { } user && !_who.Principal.AsSpan(Requester.UserPrefix.Length).SequenceEqual(user))
            {
                _who = new Requester(Requester.PrincipalOf(user), _host);
            }

            return _who;
        }
    }

    public bool ClosesAfterAnswer { get; set; }

    /// <summary>Something that the answer under way is sent from, until it is sent or the client has gone.</summary>
    public void HoldUntilSent(IDisposable resource)
    {
        Sent();
        _held = resource;
    }

    /// <summary>No answer is under way any more.</summary>
    public void Sent()
    {
        _held?.Dispose();
        _held = null;
    }

    /// <summary>What becomes of a request, by its API alone.</summary>
    public Admission Admit(ApiKey api) => sasl?.Admit(api) ?? Admission.Serve;
}
