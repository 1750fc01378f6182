using System.Globalization;

namespace Fink.Client;

/// <summary>Where an alert lies. Of an alert out of a file: the file's path, 0, and its number in the file, from 0.</summary>
public readonly record struct AlertPosition(string Topic, int Partition, long Offset)
{
    /// <summary>`TOPIC@PARTITION:OFFSET`.</summary>
    /// <exception cref="FormatException">It is not of this form.</exception>
    public static AlertPosition Parse(string text)
    {
        var at = text.LastIndexOf('@');
        var colon = text.LastIndexOf(':');
        return at > 0 && colon > at
            && int.TryParse(text.AsSpan(at + 1, colon - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                ? new AlertPosition(text[..at], partition, offset)
                : throw new FormatException($"'{text}' is not the place of an alert: TOPIC@PARTITION:OFFSET.");
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Topic} partition {Partition} offset {Offset}");
}
