namespace Fink.Distribution.Configuration;

/// <summary>Gathers what is wrong with a file, so that its writer sees all of it at once.</summary>
internal sealed class Mistakes
{
    private readonly List<ConfigurationMistake> _found = [];

    public void Add(FilePosition position, string message) => _found.Add(new ConfigurationMistake(position, message));

    public void ThrowIfAny()
    {
        if (_found.Count > 0)
        {
            throw new ConfigurationException(
                [.. _found.OrderBy(mistake => mistake.Position?.Line).ThenBy(mistake => mistake.Position?.Column)]);
        }
    }
}
