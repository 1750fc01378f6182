using System.Text;
using Fink.Distribution.Configuration;

namespace Fink.Distribution.Routing;

/// <summary>A rule made ready for sources of one schema.</summary>
/// <param name="Rule">The rule as it was written.</param>
/// <param name="Form">Index of what it sends among the plan's forms.</param>
/// <param name="Topic">Where a named rule sends to; null for a class rule, and for a topic that this run leaves out.</param>
/// <param name="Classes">Where a class rule sends to; null for a named rule.</param>
/// <param name="ClassColumn">Where in a batch the class is; -1 for a named rule.</param>
internal sealed record CompiledRule(
    TopicRule Rule, int Form, AlertTopic? Topic, ClassTopics? Classes, int ClassColumn)
{
    /// <summary>The rule's name as a header holds it: UTF-8.</summary>
    public byte[] Label { get; } = Encoding.UTF8.GetBytes(Rule.Label);
}
