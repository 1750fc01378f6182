using System.Collections.Immutable;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata;

/// <summary>Changes applied to an image. The ACLs are indexed once, after the last change.</summary>
internal sealed class MetadataEvolution(MetadataImage from)
{
    private readonly ImmutableHashSet<Acl>.Builder _acls = from.Acls.Acls.ToBuilder();
    private MetadataImage _image = from;
    private bool _hasOtherAcls;

    public MetadataImage Image => _hasOtherAcls ? _image with { Acls = new AclTable(_acls.ToImmutable()) } : _image;

    public void Apply(MetadataChange change)
    {
        switch (change)
        {
            case MetadataChange.AclAdded added:
                _hasOtherAcls |= _acls.Add(added.Acl);
                break;
            case MetadataChange.AclRemoved removed:
                _hasOtherAcls |= _acls.Remove(removed.Acl);
                break;
            default:
                _image = Applied(change);
                break;
        }
    }

    private MetadataImage Applied(MetadataChange change) => change switch
    {
        MetadataChange.TopicCreated created => With(created.Topic),
        MetadataChange.TopicDeleted deleted => Without(_image.TopicsById[deleted.Id]),
        MetadataChange.PartitionsGrown grown => With(_image.TopicsById[grown.Id] with { Partitions = grown.Partitions }),
        MetadataChange.TopicConfigsSet set => With(_image.TopicsById[set.Id] with { Configs = set.Configs }),
        MetadataChange.BrokerConfigsSet set => _image with
        {
            BrokerConfigs = set.Configs.IsEmpty
                ? _image.BrokerConfigs.Remove(set.Broker)
                : _image.BrokerConfigs.SetItem(set.Broker, set.Configs),
        },
        MetadataChange.CredentialSet set => _image with
        {
            Users = _image.Users.SetItem(set.User, CredentialsOf(set.User).SetItem(set.Credential.Mechanism, set.Credential)),
        },
        MetadataChange.CredentialDeleted deleted => WithCredentials(
            deleted.User, CredentialsOf(deleted.User).Remove(deleted.Mechanism)),
        MetadataChange.QuotasSet set => _image with
        {
            Quotas = set.Quotas.IsEmpty ? _image.Quotas.Remove(set.Entity) : _image.Quotas.SetItem(set.Entity, set.Quotas),
        },
        MetadataChange.ProducerIdsReserved reserved => _image with { NextProducerId = reserved.NextId },
        MetadataChange.DecoySecretMade made => _image with { DecoySecret = made.Secret },
        _ => throw new InvalidOperationException($"no image can take {change.GetType().Name}"),
    };

    private ImmutableDictionary<ScramMechanism, ScramCredential> CredentialsOf(string user) =>
        _image.Users.GetValueOrDefault(user, ImmutableDictionary<ScramMechanism, ScramCredential>.Empty);

    private MetadataImage WithCredentials(string user, ImmutableDictionary<ScramMechanism, ScramCredential> credentials) =>
        _image with { Users = credentials.IsEmpty ? _image.Users.Remove(user) : _image.Users.SetItem(user, credentials) };

    private MetadataImage With(Topic topic) => _image with
    {
        Topics = _image.Topics.SetItem(topic.Name, topic),
        TopicsById = _image.TopicsById.SetItem(topic.Id, topic),
        CollisionKeys = _image.CollisionKeys.SetItem(TopicName.CollisionKey(topic.Name), topic.Name),
    };

    private MetadataImage Without(Topic topic) => _image with
    {
        Topics = _image.Topics.Remove(topic.Name),
        TopicsById = _image.TopicsById.Remove(topic.Id),
        CollisionKeys = _image.CollisionKeys.Remove(TopicName.CollisionKey(topic.Name)),
    };
}
