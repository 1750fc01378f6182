namespace Fink.Kafka.Cluster.Processes;

/// <summary>A program with its arguments and the variables that it gets beside ours; null unsets one.</summary>
internal sealed record ServerCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string?> Variables);
