namespace Fink.Kafka.Cluster.Processes;

/// <summary>The variables that a child gets: ours, without what is not its business.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] SecretWords = ["PASSWORD", "TOKEN", "SECRET"];

    public static void Apply(IReadOnlyDictionary<string, string?> own, IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsSecret).ToArray())
        {
            environment.Remove(name);
        }

        foreach (var (name, value) in own)
        {
            if (value is null)
            {
                environment.Remove(name);
            }
            else
            {
                environment[name] = value;
            }
        }
    }

    private static bool IsSecret(string name) => SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
