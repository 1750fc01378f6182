using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fink.Client.Plans;

namespace Fink.Client.Values;

/// <summary>Writes a value as JSON that loses nothing: see <see cref="Alert.ToJson"/>.</summary>
internal static class ValueJson
{
    // Alerts are data for programs, not for HTML: text stays readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(AlertValue value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, AlertValue value)
    {
        switch (value.Kind)
        {
            case AlertValueKind.Null:
                writer.WriteNullValue();
                break;
            case AlertValueKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean());
                break;
            case AlertValueKind.Whole:
                writer.WriteNumberValue(value.AsLong());
                break;
            case AlertValueKind.Real:
                WriteReal(writer, value);
                break;
            case AlertValueKind.Exact:
                writer.WriteRawValue(value.DecimalText());
                break;
            case AlertValueKind.Bytes:
                writer.WriteBase64StringValue(value.AsBytes().Span);
                break;
            case AlertValueKind.Time when value.TryGetTime(out var time):
                writer.WriteStringValue(time.UtcDateTime);
                break;
            case AlertValueKind.Time:
                // Beyond the calendar the number is all that can be said.
                writer.WriteNumberValue(value.AsLong());
                break;
            case AlertValueKind.List:
                WriteList(writer, value);
                break;
            case AlertValueKind.Map or AlertValueKind.Record:
                WriteFields(writer, value);
                break;
            default:
                writer.WriteStringValue(value.AsString());
                break;
        }
    }

    /// <summary>In the fewest digits that give the same number; JSON has none for NaN and the infinities.</summary>
    private static void WriteReal(Utf8JsonWriter writer, AlertValue value)
    {
        if (!double.IsFinite(value.AsDouble()))
        {
            writer.WriteStringValue(value.ToString());
        }
        else if (value.Node is FloatNode)
        {
            writer.WriteNumberValue(value.AsFloat());
        }
        else
        {
            writer.WriteNumberValue(value.AsDouble());
        }
    }

    private static void WriteList(Utf8JsonWriter writer, AlertValue list)
    {
        writer.WriteStartArray();
        foreach (var item in list.Items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter writer, AlertValue record)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in record.Fields)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }
}
