using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;

namespace Fink.Kafka.Broker.Tests.Security;

// Fink.Kafka, which is nearer, has others of these names.
using Acl = Fink.Kafka.Broker.Security.Acls.Acl;
using AclFilter = Fink.Kafka.Broker.Security.Acls.AclFilter;
using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using AclPermissionType = Fink.Kafka.Protocol.Values.AclPermissionType;
using PatternType = Fink.Kafka.Protocol.Values.PatternType;
using ResourcePattern = Fink.Kafka.Broker.Security.Acls.ResourcePattern;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;

public sealed class AclAlterationsTests
{
    private static readonly Acl OnT = new(
        new ResourcePattern(ResourceType.Topic, PatternType.Literal, "t"), "User:u", "*", AclOperation.Read, AclPermissionType.Allow);

    private static readonly Acl OnPrefix = OnT with { Resource = OnT.Resource with { Pattern = PatternType.Prefixed } };

    [Fact]
    public void Creating_what_is_there_already_is_no_mistake_and_no_change()
    {
        var image = Apply(MetadataImage.Empty, OnT);

        var (changes, complaints) = AclAlterations.Create(image, [OnT, OnPrefix, OnPrefix]);

        Assert.Equal([new MetadataChange.AclAdded(OnPrefix)], changes);
        Assert.Equal([null, null, null], complaints);
    }

    [Fact]
    public void What_cannot_be_an_ACL_is_refused_beside_what_can()
    {
        Acl[] wrong =
        [
            OnT with { Operation = AclOperation.Unknown },
            OnT with { Operation = AclOperation.Any },
            OnT with { Permission = AclPermissionType.Any },
            OnT with { Resource = OnT.Resource with { Pattern = PatternType.Match } },
            OnT with { Resource = OnT.Resource with { Type = (ResourceType)50 } },
            OnT with { Resource = OnT.Resource with { Name = "" } },
            OnT with { Resource = OnT.Resource with { Type = ResourceType.Cluster, Name = "my-cluster" } },
            OnT with { Principal = "u" },
        ];

        var (changes, complaints) = AclAlterations.Create(MetadataImage.Empty, [.. wrong, OnT]);

        Assert.Equal([new MetadataChange.AclAdded(OnT)], changes);
        Assert.All(complaints.SkipLast(1), Assert.NotNull);
        Assert.Null(complaints[^1]);
    }

    [Fact]
    public void Each_filter_tells_all_that_it_chooses_and_each_ACL_goes_once()
    {
        var image = Apply(MetadataImage.Empty, OnT, OnPrefix);

        var (changes, outcomes) = AclAlterations.Delete(
            image, [AclFilter.All with { Pattern = PatternType.Match, Name = "t" }, AclFilter.All with { Principal = "User:u" }]);

        Assert.Equal(2, changes.Count);
        Assert.All(outcomes, outcome => Assert.Equal(2, outcome.Deleted.Count));
    }

    [Fact]
    public void A_filter_with_an_unknown_element_deletes_nothing()
    {
        var image = Apply(MetadataImage.Empty, OnT);

        var (changes, outcomes) = AclAlterations.Delete(image, [AclFilter.All with { Operation = AclOperation.Unknown }]);

        Assert.Empty(changes);
        Assert.NotNull(Assert.Single(outcomes).Complaint);
    }

    private static MetadataImage Apply(MetadataImage image, params Acl[] acls)
    {
        var evolution = new MetadataEvolution(image);
        foreach (var change in AclAlterations.Create(image, acls).Changes) evolution.Apply(change);
        return evolution.Image;
    }
}
