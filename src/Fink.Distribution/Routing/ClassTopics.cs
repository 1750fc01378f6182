using System.Diagnostics.CodeAnalysis;
using System.Text;
using Fink.Distribution.Configuration;

namespace Fink.Distribution.Routing;

/// <summary>Which topic each class of a rule's column goes to. Remembers every value it has seen, as the bytes that it came in.</summary>
internal sealed class ClassTopics
{
    private readonly ClassTopicRule _rule;
    private readonly TopicTable _topics;
    private readonly HashSet<string> _except;
    private readonly Dictionary<byte[], AlertTopic?> _known;
    private readonly Dictionary<byte[], AlertTopic?>.AlternateLookup<ReadOnlySpan<byte>> _knownByBytes;

    public ClassTopics(ClassTopicRule rule, TopicTable topics)
    {
        (_rule, _topics) = (rule, topics);
        _except = new HashSet<string>(rule.Except, StringComparer.Ordinal);
        _known = new Dictionary<byte[], AlertTopic?>(Utf8Comparer.Instance);
        _knownByBytes = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The topic of a class in UTF-8, or null when it has none.</summary>
    public AlertTopic? Of(ReadOnlySpan<byte> value)
    {
        if (!_knownByBytes.TryGetValue(value, out var topic))
        {
            topic = Name(_rule, _except, Encoding.UTF8.GetString(value)) is { } name
                ? _topics.Find(name, _rule.Settings)
                : null;
            _known.Add(value.ToArray(), topic);
        }

        return topic;
    }

    internal static string? Name(ClassTopicRule rule, IReadOnlySet<string> except, string value)
    {
        if (except.Contains(value))
        {
            return null;
        }

        var letters = string.Concat(value.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return letters.Length > 0 ? rule.Prefix + letters + rule.Suffix : null;
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Utf8Comparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
