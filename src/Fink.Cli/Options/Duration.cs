using System.Globalization;

namespace Fink.Cli.Options;

/// <summary>A length of time as users write it: seconds, or a number with <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>.</summary>
internal static class Duration
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)];

    /// <summary>Timers take no longer ones.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var (unit, seconds) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        if (!double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * seconds > Longest.TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    /// <summary>The shortest way to write it: <c>500ms</c>, <c>10s</c>, <c>2m</c>.</summary>
    public static string Format(TimeSpan duration) => duration switch
    {
        _ when duration.TotalSeconds != Math.Floor(duration.TotalSeconds) => FormattableString.Invariant($"{duration.TotalMilliseconds:0}ms"),
        { TotalSeconds: >= 60 } when duration.TotalSeconds % 60 == 0 => FormattableString.Invariant($"{duration.TotalMinutes:0}m"),
        _ => FormattableString.Invariant($"{duration.TotalSeconds:0}s"),
    };
}
