using System.Globalization;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>One configuration of a broker or of topics, with Kafka's name, type and default. Values are kept as text.</summary>
/// <param name="Default">Null for "not set".</param>
internal sealed record ConfigDefinition(string Name, ConfigType Type, string? Default, ValueRule Rule)
{
    /// <summary>Its value is never shown.</summary>
    public bool IsSensitive => Type == ConfigType.Password;

    /// <summary>The items of a list's value.</summary>
    public static IEnumerable<string> Items(string value) =>
        value.Split(',', StringSplitOptions.TrimEntries).Where(item => item.Length > 0);

    /// <summary>What is wrong with a value, as a sentence that names it (a secret excepted); null where nothing is.</summary>
    public string? Complaint(string value)
    {
        var trimmed = value.Trim();
        return (TypeComplaint(trimmed) ?? Rule.Complaint(trimmed)) is { } complaint
            ? $"Invalid value {(IsSensitive ? "[hidden]" : value)} for configuration {Name}: {complaint}"
            : null;
    }

    /// <summary>A valid value as it is kept and shown, of all the ways to write it.</summary>
    public string Canonical(string value)
    {
        var trimmed = value.Trim();
        return Type switch
        {
            ConfigType.Boolean => bool.Parse(trimmed) ? "true" : "false",
            ConfigType.Short or ConfigType.Int or ConfigType.Long =>
                long.Parse(trimmed, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
            ConfigType.List => string.Join(',', Items(trimmed)),
            _ => trimmed,
        };
    }

    private string? TypeComplaint(string value) => Type switch
    {
        ConfigType.Boolean when !bool.TryParse(value, out _) => "Expected value to be either true or false",
        ConfigType.Short when !short.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
            "Not a number of type SHORT",
        ConfigType.Int when !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
            "Not a number of type INT",
        ConfigType.Long when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
            "Not a number of type LONG",
        ConfigType.Double when !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number) => "Not a number of type DOUBLE",
        _ => null,
    };
}
