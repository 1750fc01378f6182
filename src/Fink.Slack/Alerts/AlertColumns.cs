using Fink.ScienceDb.Rules;

namespace Fink.Slack.Alerts;

/// <summary>Which columns of a source a table shows: their names, a dot before a nested one.</summary>
public sealed record AlertColumns(string ObjectId, string Ra, string Dec, string Class)
{
    // Of each, ZTF's flat name (the original's science database), its nested one, then Rubin's.
    private static readonly string[] Objects = ["objectId", "diaObjectId", "diaObject.diaObjectId", "diaSource.diaObjectId"];
    private static readonly string[] Ras = ["candidate_ra", "candidate.ra", "ra", "diaSource_ra", "diaSource.ra", "i:ra"];
    private static readonly string[] Decs = ["candidate_dec", "candidate.dec", "dec", "diaSource_dec", "diaSource.dec", "i:dec"];
    private static readonly string[] Classes =
        ["cdsxmatch", "cross_match_alerts_per_batch", "finkclass", "finkClass", "class", "pred.main_label_crossmatch", "xm.simbad_otype", "xm_simbad_otype", "d:cdsxmatch"];

    public IReadOnlyList<string> Names => [ObjectId, Ra, Dec, Class];

    /// <param name="source">What a message calls the file or topic.</param>
    /// <param name="known">Every column that there is.</param>
    /// <param name="classColumn">The column of the classes; null to look for one.</param>
    /// <exception cref="UnknownColumnException">One of the four is not there.</exception>
    public static AlertColumns Choose(string source, IReadOnlyCollection<string> known, string? classColumn)
    {
        var classes = classColumn is null
            ? Find(Classes, known) ?? throw new UnknownColumnException($"{source} has no column of classes that is known ({string.Join(", ", Classes[..2])}, …): name it (--class-column)")
            : Find([classColumn], known) ?? throw new UnknownColumnException($"{source} has no column {classColumn}{Near(classColumn, known)}");
        return new AlertColumns(
            Find(Objects, known) ?? throw Missing(source, "the object", Objects),
            Find(Ras, known) ?? throw Missing(source, "the right ascension", Ras),
            Find(Decs, known) ?? throw Missing(source, "the declination", Decs),
            classes);
    }

    private static string? Find(string[] wanted, IReadOnlyCollection<string> known) => wanted
        .Select(name => known.FirstOrDefault(column => column == name) ?? known.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(found => found is not null);

    private static string Near(string name, IReadOnlyCollection<string> known) =>
        NearNames.Of(name, known) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?" : "";

    private static UnknownColumnException Missing(string source, string what, string[] names) =>
        new($"{source} has no column of {what} ({string.Join(", ", names)})");
}

/// <summary>A column that a table needs is not there.</summary>
public sealed class UnknownColumnException(string message) : Exception(message);

/// <summary>A file of alerts could not be read. The message names it, the reason and the way out.</summary>
public sealed class UnreadableAlertsException(string message, Exception? inner = null) : Exception(message, inner);
