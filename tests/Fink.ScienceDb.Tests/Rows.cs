using System.Text;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Rules;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Sources;

namespace Fink.ScienceDb.Tests;

/// <summary>Runs rules over a source as the distributor does: all in one scan a file.</summary>
internal static class Rows
{
    public static SourceFile OnlyFile(string location) => Assert.Single(new ScienceSource(location).List().Files);

    public static ScienceDatabase Open(SourceFile file) =>
        new(new ScienceDatabaseOptions([Path.GetDirectoryName(file.Path)!]));

    /// <summary>For each rule the texts at <paramref name="id"/> of the rows that match, in file order.</summary>
    public static List<string>[] Matching(string location, string id, params string[] conditions)
    {
        var file = OnlyFile(location);
        using var database = Open(file);
        return Matching(database, file, id, null, conditions);
    }

    public static List<string>[] Matching(ScienceDatabase database, SourceFile file, string id, RowRange? range, params string[] conditions)
    {
        var rules = conditions.Select((where, i) => new RowRule($"rule{i}", where)).ToArray();
        database.CheckRules(rules, file, database.ReadSchema(file));
        var plan = new ScanPlan([], [id], rules);
        var matching = rules.Select(_ => new List<string>()).ToArray();
        using var scan = database.Scan(file, plan, range);
        while (scan.MoveNext())
        {
            Collect(scan.Batch, plan, matching);
        }

        return matching;
    }

    private static void Collect(ColumnBatch batch, ScanPlan plan, List<string>[] matching)
    {
        for (var rule = 0; rule < matching.Length; rule++)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                Assert.False(batch[plan.FirstRule + rule].IsNull(row));
                if (batch[plan.FirstRule + rule].Value<byte>(row) != 0)
                {
                    matching[rule].Add(Encoding.UTF8.GetString(batch[plan.FirstText].Bytes(row)));
                }
            }
        }
    }
}
