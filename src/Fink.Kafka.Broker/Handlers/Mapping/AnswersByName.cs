using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Handlers.Mapping;

/// <summary>
/// The answers to a request about several topics: one for each name, in the order of the request. A name that is there twice gets
/// a refusal, for nobody can say which of the two is meant; so does one that the client has no right to.
/// </summary>
internal sealed class AnswersByName
{
    private static readonly Refusal Twice = new(ErrorCode.InvalidRequest, "Duplicate topic name.");

    private readonly List<string> _names;
    private readonly Dictionary<string, TopicAnswer> _answers = [];

    public AnswersByName(IReadOnlyCollection<string> names, Func<string, ErrorCode> check)
    {
        _names = [.. names.Distinct(StringComparer.Ordinal)];
        foreach (var name in names.CountBy(name => name).Where(count => count.Value > 1)) _answers[name.Key] = Twice;
        foreach (var name in _names.Where(IsOpen))
        {
            if (check(name) is var denied and not ErrorCode.None) _answers[name] = new Refusal(denied);
        }
    }

    /// <summary>Whether nothing is answered for the name yet.</summary>
    public bool IsOpen(string name) => !_answers.ContainsKey(name);

    public void Set(string name, TopicAnswer answer) => _answers[name] = answer;

    public T[] Map<T>(Func<string, TopicAnswer, T> map) => [.. _names.Select(name => map(name, _answers[name]))];
}
