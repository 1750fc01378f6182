using System.Globalization;

namespace Fink.Client;

/// <summary>Where an alert lies. Of an alert out of a file: the file's path, 0, and its number in the file, from 0.</summary>
public readonly record struct AlertPosition(string Topic, int Partition, long Offset)
{
    /// <summary>`TOPIC@PARTITION:OFFSET`.</summary>
    /// <exception cref="FormatException">It is not of this form.</exception>
    public static AlertPosition Parse(string text) => TryParse(text, out var position)
        ? position
        : throw new FormatException($"'{text}' is not the place of an alert: TOPIC@PARTITION:OFFSET.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string text, out AlertPosition position)
    {
        var at = text.LastIndexOf('@');
        var colon = text.LastIndexOf(':');
        position = default;
        if (at <= 0 || colon <= at
            || !int.TryParse(text.AsSpan(at + 1, colon - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            || !long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return false;
        }

        position = new AlertPosition(text[..at], partition, offset);
        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Topic} partition {Partition} offset {Offset}");
}
