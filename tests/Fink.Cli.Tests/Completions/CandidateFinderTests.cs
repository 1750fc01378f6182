using Fink.Cli.Completions;

namespace Fink.Cli.Tests.Completions;

public sealed class CandidateFinderTests
{
    private readonly List<NameKind> _asked = [];

    [Theory]
    [InlineData("top", "topic")]
    [InlineData("topic ", "create list describe alter delete")]
    [InlineData("topic de", "describe delete")]
    [InlineData("topic describe ", "fink_bright_ztf fink_rrlyr_ztf")]
    [InlineData("topic describe fink_r", "fink_rrlyr_ztf")]
    [InlineData("topic describe fink_bright_ztf fink_r", "fink_rrlyr_ztf")]
    [InlineData("topic describe -o json --bootstrap-server h:1 fink_r", "fink_rrlyr_ztf")]
    [InlineData("topic describe -- fink_r", "fink_rrlyr_ztf")]
    [InlineData("topic create ", "")]
    [InlineData("user verify a", "ana")]
    [InlineData("user verify ana b", "")]
    [InlineData("group describe ", "ana_group")]
    [InlineData("acl add --user ", "ana ben")]
    [InlineData("acl add --user=b", "--user=ben")]
    [InlineData("acl check --read ", "fink_bright_ztf fink_rrlyr_ztf")]
    [InlineData("acl add --allow Re", "Read")]
    [InlineData("acl add --allow Read Wr", "Write")]
    [InlineData("acl add --consumer Re", "")]
    [InlineData("consume fink_rrlyr_ztf --group ", "ana_group")]
    [InlineData("consume -o c", "curve")]
    [InlineData("topic list -o ", "json table tsv")]
    [InlineData("topic list --out", "--output")]
    [InlineData("topic list --output json --out", "")]
    [InlineData("start --mo", "--mode")]
    [InlineData("start --mode k", "kraft")]
    [InlineData("start --nonsense --mo", "--mode")]
    [InlineData("distribute --rules ", ":files")]
    [InlineData("distribute --rules=conf/", ":files")]
    [InlineData("slack ", "send alerts follow")]
    [InlineData("slack alerts ", "fink_bright_ztf fink_rrlyr_ztf :files")]
    [InlineData("slack alerts fink_r", "fink_rrlyr_ztf :files")]
    [InlineData("slack follow fink_rrlyr_ztf fink_b", "fink_bright_ztf")]
    [InlineData("slack send ", "")]
    [InlineData("slack send x --token-file ", ":files")]
    [InlineData("start --brokers ", "")]
    [InlineData("comp", "completion")]
    [InlineData("completion z", "zsh")]
    [InlineData("nothing of the kind ", "")]
    public async Task The_words_that_could_stand_at_the_cursor(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await FindAsync(line)).Select(candidate => candidate.Word)));

    [Fact]
    public async Task A_command_offers_its_own_options_first_and_those_of_all_commands()
    {
        var options = (await FindAsync("user add --")).Select(candidate => candidate.Word).ToList();

        Assert.Equal("--mechanism", options[0]);
        Assert.Contains("--bootstrap-server", options);
        Assert.Equal(options.Count, options.Distinct().Count());
    }

    [Theory]
    [InlineData("topic de")]
    [InlineData("start --mode ")]
    [InlineData("topic describe --")]
    [InlineData("distribute --rules ")]
    public async Task Where_no_name_can_stand_the_cluster_is_not_asked(string line)
    {
        await FindAsync(line);

        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData("fink-kafka", "fink-kafka")]
    [InlineData("fink-kafka ", "fink-kafka|")]
    [InlineData("fink-kafka  topic\tde", "fink-kafka|topic|de")]
    [InlineData(@"fink-kafka 'a b' ""c d"" e\ f", "fink-kafka|a b|c d|e f")]
    [InlineData("fink-kafka 'open quo", "fink-kafka|open quo")]
    [InlineData(@"fink-kafka a'b'c """, "fink-kafka|abc|")]
    public void A_line_is_split_as_a_shell_would(string line, string words) =>
        Assert.Equal(words, string.Join('|', LineWords.Of(line)));

    private Task<IReadOnlyList<Candidate>> FindAsync(string line)
    {
        var words = LineWords.Of(line);
        var finder = new CandidateFinder(new CommandTree().Root, kind =>
        {
            _asked.Add(kind);
            IReadOnlyList<string> names = kind switch
            {
                NameKind.Topic => ["fink_rrlyr_ztf", "fink_bright_ztf"],
                NameKind.User => ["ana", "ben"],
                _ => ["ana_group"],
            };
            return Task.FromResult(names);
        });
        return finder.FindAsync([.. words.SkipLast(1)], words[^1]);
    }
}
