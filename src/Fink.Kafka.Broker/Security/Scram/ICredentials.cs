using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>Who may log in. What it answers is what is stored at that moment.</summary>
internal interface ICredentials
{
    ScramCredential? Find(string user, ScramMechanism mechanism);
}
