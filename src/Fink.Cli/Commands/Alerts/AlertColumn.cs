using System.Globalization;
using Fink.Client;

namespace Fink.Cli.Commands.Alerts;

/// <summary>One fact of an alert, as a cell of a table.</summary>
/// <param name="Of">Null where the alert does not tell it.</param>
internal sealed record AlertColumn(string Heading, int Width, Func<Alert, string?> Of)
{
    public static readonly AlertColumn Topic = new("TOPIC", 24, alert => alert.Topic);
    public static readonly AlertColumn Partition = new("PARTITION", 9, alert => $"{alert.Partition}");
    public static readonly AlertColumn Offset = new("OFFSET", 8, alert => $"{alert.Offset}");
    public static readonly AlertColumn Sent = new("SENT", 24, alert => Time(alert.Sent, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
    public static readonly AlertColumn ObjectId = new("OBJECT-ID", 20, alert => alert.ObjectId);
    public static readonly AlertColumn AlertId = new("ALERT-ID", 20, alert => alert.AlertId);
    public static readonly AlertColumn Observed = new("OBSERVED", 20, alert => alert.Facts.Time is { } time ? Time(time, "yyyy-MM-dd'T'HH:mm:ss'Z'") : null);
    public static readonly AlertColumn Band = new("BAND", 4, alert => alert.Facts.Band);
    public static readonly AlertColumn Magnitude = new("MAG", 5, alert => alert.Facts.Magnitude?.ToString("F2", CultureInfo.InvariantCulture));
    public static readonly AlertColumn Class = new("CLASS", 12, alert => alert.Facts.Class);

    private static string Time(DateTimeOffset time, string form) => time.UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
}
