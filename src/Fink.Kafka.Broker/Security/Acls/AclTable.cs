using System.Collections.Frozen;
using System.Collections.Immutable;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>
/// All ACLs, indexed so that a question looks at those of its resource only, and allocates nothing: one look-up for the literal
/// name, one for <c>*</c>, and one for each length of prefix in use.
/// </summary>
internal sealed class AclTable
{
    public static readonly AclTable Empty = new([]);

    private readonly FrozenDictionary<ResourceType, ResourceAcls> _byType;

    public AclTable(ImmutableHashSet<Acl> acls)
    {
        Acls = acls;
        _byType = acls.GroupBy(acl => acl.Resource.Type).ToFrozenDictionary(group => group.Key, group => new ResourceAcls(group));
    }

    public ImmutableHashSet<Acl> Acls { get; }

    public IEnumerable<Acl> Matching(AclFilter filter) => Acls.Where(filter.Matches);

    /// <summary>What the ACLs alone say; super users and the rule for resources without ACL are the authorizer's.</summary>
    public AclAnswer Ask(Requester who, AclOperation operation, ResourceType type, string name) =>
        _byType.TryGetValue(type, out var acls) ? acls.Ask(who, operation, name) : AclAnswer.NoAcl;

    private sealed class ResourceAcls
    {
        private readonly Dictionary<string, Acl[]> _literal;
        private readonly Dictionary<string, Acl[]>.AlternateLookup<ReadOnlySpan<char>> _prefixed;
        private readonly int[] _prefixLengths;
        private readonly Acl[] _wildcard;

        public ResourceAcls(IEnumerable<Acl> acls)
        {
            var byPattern = acls.ToLookup(acl => acl.Resource.Pattern);
            _literal = ByName(byPattern[PatternType.Literal]);
            _wildcard = _literal.GetValueOrDefault(ResourcePattern.Wildcard, []);
            var prefixed = ByName(byPattern[PatternType.Prefixed]);
            _prefixed = prefixed.GetAlternateLookup<ReadOnlySpan<char>>();
            _prefixLengths = [.. prefixed.Keys.Select(prefix => prefix.Length).Distinct().Order()];
        }

        public AclAnswer Ask(Requester who, AclOperation operation, string name)
        {
            var answer = Weigh(AclAnswer.NoAcl, _wildcard, who, operation);
            if (_literal.TryGetValue(name, out var literal)) answer = Weigh(answer, literal, who, operation);
            foreach (var length in _prefixLengths)
            {
                if (length > name.Length) break;
                if (_prefixed.TryGetValue(name.AsSpan(0, length), out var acls)) answer = Weigh(answer, acls, who, operation);
            }

            return answer;
        }

        private static AclAnswer Weigh(AclAnswer answer, Acl[] acls, Requester who, AclOperation operation)
        {
            foreach (var acl in acls)
            {
                if (answer == AclAnswer.Denied) return answer;
                answer = Max(answer, AclMatch.IsAbout(acl, who) ? AclMatch.Verdict(acl, operation) : AclAnswer.Silent);
            }

            return answer;
        }

        private static AclAnswer Max(AclAnswer a, AclAnswer b) => a > b ? a : b;

        private static Dictionary<string, Acl[]> ByName(IEnumerable<Acl> acls) =>
            acls.GroupBy(acl => acl.Resource.Name).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }
}
