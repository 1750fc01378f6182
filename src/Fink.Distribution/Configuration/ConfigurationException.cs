namespace Fink.Distribution.Configuration;

/// <summary>One mistake in a configuration file; <see cref="Position"/> is null when the file as a whole is at fault.</summary>
public sealed record ConfigurationMistake(FilePosition? Position, string Message)
{
    public override string ToString() => Position is { } position ? $"{position}: {Message}" : Message;
}

/// <summary>A configuration file that cannot be used, with every mistake in it, in the order of the file.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException(IReadOnlyList<ConfigurationMistake> mistakes, Exception? innerException = null)
        : base(string.Join(Environment.NewLine, mistakes), innerException) => Mistakes = mistakes;

    public ConfigurationException(string message, Exception? innerException = null)
        : this([new ConfigurationMistake(null, message)], innerException)
    {
    }

    public ConfigurationException(FilePosition position, string message, Exception? innerException = null)
        : this([new ConfigurationMistake(position, message)], innerException)
    {
    }

    public IReadOnlyList<ConfigurationMistake> Mistakes { get; }
}
