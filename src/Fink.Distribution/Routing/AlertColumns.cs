using Fink.Distribution.Configuration;
using Fink.ScienceDb;

namespace Fink.Distribution.Routing;

/// <summary>The columns that say which alert a row is: dotted paths, null where the source has none.</summary>
/// <param name="AlertId">The survey's number of the alert: <c>candid</c>, <c>diaSourceId</c>.</param>
/// <param name="ObjectId">The survey's name of what was seen: <c>objectId</c>, <c>diaObject.diaObjectId</c>.</param>
/// <param name="PartitionBy">What picks the partition; the alert's id where it is null.</param>
internal sealed record AlertColumns(string? AlertId, string? ObjectId, string? PartitionBy)
{
    private static readonly string[] AlertIds = ["candid", "diaSourceId", "candidate.candid", "diaSource.diaSourceId", "candidate_candid"];
    private static readonly string[] ObjectIds = ["objectId", "diaObject.diaObjectId", "diaObjectId"];

    /// <exception cref="ConfigurationException">The rules' <c>partition-by</c> is not there.</exception>
    public static AlertColumns Find(SourceSchema schema, DistributionRules rules)
    {
        var alertId = AlertIds.FirstOrDefault(path => Has(schema, path));
        var objectId = ObjectIds.FirstOrDefault(path => Has(schema, path));
        if (rules.PartitionBy is { } path && !Has(schema, path))
        {
            throw new ConfigurationException(
                $"{rules.Origin}: partition-by: the source has no column '{path}'{NearMatches.Hint(path, [.. schema.Paths()])}");
        }

        return new AlertColumns(alertId, objectId, rules.PartitionBy ?? objectId ?? alertId);
    }

    public static bool Has(SourceSchema schema, string path) =>
        schema.Find(path) is not null
        || schema.HiveColumns.Any(column => column.Name.Equals(path, StringComparison.OrdinalIgnoreCase));
}
