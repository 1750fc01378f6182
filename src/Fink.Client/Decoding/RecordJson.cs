using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Avro;
using Avro.Generic;

namespace Fink.Client.Decoding;

/// <summary>Writes a decoded value as JSON that loses nothing: see <see cref="Alert.ToJson"/>.</summary>
internal static class RecordJson
{
    // Alerts are data for programs, not for HTML: text stays readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(GenericRecord record)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, record);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case GenericRecord record:
                Write(writer, record);
                break;
            case IDictionary map:
                Write(writer, map);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case GenericFixed bytes:
                writer.WriteBase64StringValue(bytes.Value);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case IEnumerable items:
                Write(writer, items);
                break;
            default:
                WriteScalar(writer, value);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, GenericRecord record)
    {
        writer.WriteStartObject();
        foreach (var field in record.Schema.Fields)
        {
            writer.WritePropertyName(field.Name);
            Write(writer, record.GetValue(field.Pos));
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IDictionary map)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            writer.WritePropertyName((string)entry.Key);
            Write(writer, entry.Value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IEnumerable items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteScalar(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case AvroDecimal number:
                writer.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case float or double:
                writer.WriteStringValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
