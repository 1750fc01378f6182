using Fink.ScienceDb.Rules;

namespace Fink.ScienceDb.Tests.Rules;

public sealed class NearNamesTests
{
    private static readonly string[] Known = ["objectId", "candid", "candidate", "candidate.jd", "candidate.magpsf", "candidate.magap", "cdsxmatch"];

    [Theory]
    [InlineData("objectid", "objectId")]
    [InlineData("magpsf", "candidate.magpsf")]
    [InlineData("candidat", "candidate candid")]
    [InlineData("candidate.magpfs", "candidate.magpsf candidate.magap")]
    [InlineData("zzzzzz", "")]
    [InlineData("", "")]
    public void Names_a_few_edits_away_come_nearest_first(string name, string near) =>
        Assert.Equal(near, string.Join(' ', NearNames.Of(name, Known)));
}
