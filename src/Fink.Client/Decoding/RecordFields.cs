using System.Globalization;
using Avro.Generic;

namespace Fink.Client.Decoding;

internal static class RecordFields
{
    public static object? Value(GenericRecord record, IEnumerable<string> path)
    {
        object? value = record;
        foreach (var name in path)
        {
            if (value is not GenericRecord at || !at.TryGetValue(name, out value))
            {
                return null;
            }
        }

        return value;
    }

    public static string? Text(GenericRecord record, params IEnumerable<string> path) => Value(record, path) switch
    {
        string { Length: 0 } or GenericRecord => null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var value => value?.ToString(),
    };
}
