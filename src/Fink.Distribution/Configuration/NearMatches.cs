using Fink.ScienceDb.Rules;

namespace Fink.Distribution.Configuration;

/// <summary>Says what may have been meant by a mistyped name.</summary>
internal static class NearMatches
{
    /// <summary>The text <c>; did you mean 'x' or 'y'?</c>, or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        var near = NearNames.Of(name, candidates).Select(candidate => $"'{candidate}'");
        var text = string.Join(" or ", near);
        return text.Length == 0 ? "" : $"; did you mean {text}?";
    }
}
