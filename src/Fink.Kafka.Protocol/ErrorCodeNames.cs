using System.Text;

namespace Fink.Kafka.Protocol;

/// <summary>Error codes as people know them from Kafka's own logs and documentation.</summary>
public static class ErrorCodeNames
{
    private static readonly Dictionary<ErrorCode, string> Names =
        Enum.GetValues<ErrorCode>().ToDictionary(code => code, code => Spell(code.ToString()));

    /// <summary>Such as <c>UNKNOWN_TOPIC_OR_PARTITION</c>; the number where Kafka 3.9 has no such code.</summary>
    public static string KafkaName(this ErrorCode code) =>
        Names.TryGetValue(code, out var name) ? name : ((short)code).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Spell(string name)
    {
        var spelled = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && spelled.Length > 0) spelled.Append('_');
            spelled.Append(char.ToUpperInvariant(letter));
        }

        return spelled.ToString();
    }
}
