using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fink.Cli.Options;

/// <summary>Checks of option values whose mistakes read like sentences.</summary>
internal static class OptionChecks
{
    public static void RequireAtLeast(this Option<int?> option, int least) => option.CustomParser = result => (int?)Whole(result, option.Name, least, int.MaxValue);

    public static void RequireAtLeast(this Option<long?> option, long least) => option.CustomParser = result => Whole(result, option.Name, least, long.MaxValue);

    public static void RequireAtLeast(this Option<short?> option, short least) => option.CustomParser = result => (short?)Whole(result, option.Name, least, short.MaxValue);

    /// <summary>An empty name is a variable that was not set.</summary>
    public static Argument<T> NotEmpty<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"{argument.HelpName} is empty");
            }
        });
        return argument;
    }

    /// <summary>Reads NAME=VALUE pairs; a name with an empty value is kept as empty.</summary>
    public static IReadOnlyDictionary<string, string> ReadPairs(string option, IReadOnlyList<string>? texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new Errors.UsageException($"{option} '{text}': give NAME=VALUE, for example retention.ms=604800000");
            }

            pairs[text[..equals]] = text[(equals + 1)..];
        }

        return pairs;
    }

    private static long? Whole(ArgumentResult result, string name, long least, long most)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"{name} '{text}': give a whole number, at least {least}");
        return null;
    }
}
