namespace Fink.Cli.Commands.Slack;

/// <summary>Numbers of alerts in words.</summary>
internal static class Counted
{
    public static string Alerts(long count) => $"{count} {(count == 1 ? "alert" : "alerts")}";

    public static string PassedOver(long count) => $"{count} passed over (no class, Unknown, or no channel in the list)";
}
