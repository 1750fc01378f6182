namespace Fink.Slack.Alerts;

/// <summary>What a table says of one alert.</summary>
/// <param name="Columns">What the four values are called where they come from.</param>
/// <param name="Values">As text, in the order of <see cref="AlertColumns.Names"/>; null where there is none.</param>
public sealed record AlertRow(AlertColumns Columns, IReadOnlyList<string?> Values)
{
    public string? Class => Values[3];
}
