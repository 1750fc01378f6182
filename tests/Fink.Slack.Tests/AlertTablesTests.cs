using System.Globalization;
using Avro;
using Avro.File;
using Avro.Generic;
using Fink.Slack.Alerts;
using Fink.TestSupport;
using Fink.TestSupport.Slack;

namespace Fink.Slack.Tests;

/// <summary>The example that the original's documentation has, from every kind of file.</summary>
public sealed class AlertTablesTests : IDisposable
{
    private const string Csv =
        """
        objectId,candid,cross_match_alerts_per_batch,candidate_pid,candidate_ra,candidate_dec
        ZTF17aabuwws,697252840615015002,RRLyr,697252840615,12.5901418,-13.2635671
        ZTF17aabuxzj,697252841215010003,EB*WUMa,697252841215,9.8194532,-12.512629
        ZTF18abosdxh,697252845515010007,RRLyr,697252845515,13.8237084,-7.6134186
        ZTF18acsbtwe,697252844515015002,Unknown,697252844515,8.717752,-8.2367741
        """;

    private const string RrLyr =
        """
        ```
        +------------+------------+-------------+----------------------------+
        |objectId    |candidate_ra|candidate_dec|cross_match_alerts_per_batch|
        +------------+------------+-------------+----------------------------+
        |ZTF17aabuwws|12.5901418  |-13.2635671  |RRLyr                       |
        |ZTF18abosdxh|13.8237084  |-7.6134186   |RRLyr                       |
        +------------+------------+-------------+----------------------------+
        ```
        """;

    private const string EbWuma =
        """
        ```
        +------------+------------+-------------+----------------------------+
        |objectId    |candidate_ra|candidate_dec|cross_match_alerts_per_batch|
        +------------+------------+-------------+----------------------------+
        |ZTF17aabuxzj|9.8194532   |-12.512629   |EB*WUMa                     |
        +------------+------------+-------------+----------------------------+
        ```
        """;

    private readonly ParquetFiles _files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("semicolons")]
    [InlineData("parquet")]
    [InlineData("folder")]
    [InlineData("avro")]
    public async Task The_originals_example_gives_the_originals_tables(string kind)
    {
        await using var workspace = await SlackWorkspace.OpenAsync("rrlyr", "ebwuma");
        using var slack = await workspace.ConnectAsync();

        var postings = await slack.SendAlertsAsync(AlertFile.Read(Write(kind)).ToAsyncEnumerable(), cancellationToken: Cancel);

        Assert.All(postings, posting => Assert.True(posting.IsPosted));
        Assert.Equal([("#rrlyr", RrLyr), ("#ebwuma", EbWuma)], workspace.Double.Posts.Select(post => (post.Channel, post.Text)));
    }

    [Fact]
    public async Task A_channel_that_takes_nothing_holds_up_no_other()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("ebwuma");
        workspace.Double.Channels["rrlyr"] = new SlackChannel(IsArchived: true);
        using var slack = await workspace.ConnectAsync();

        var postings = await slack.SendAlertsAsync(AlertFile.Read(Write("csv")).ToAsyncEnumerable(), cancellationToken: Cancel);

        Assert.Equal([SlackFailure.Archived, null], postings.Select(posting => posting.Failure?.Failure));
        Assert.Equal("#ebwuma", Assert.Single(workspace.Double.Posts).Channel);
    }

    [Fact]
    public async Task Only_listed_channels_get_their_tables()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("ebwuma");
        using var slack = await workspace.ConnectAsync();

        await slack.SendAlertsAsync(
            AlertFile.Read(Write("csv")).ToAsyncEnumerable(), ChannelList.Parse("# the channels\n\nebwuma  # eclipsing binaries\r\n#rrlyr\n"), cancellationToken: Cancel);

        Assert.Equal("#ebwuma", Assert.Single(workspace.Double.Posts).Channel);
        Assert.Equal(1, workspace.Double.Posts.Count + workspace.Waits.Count);
    }

    [Fact]
    public async Task What_concerns_every_channel_ends_it_and_tells_what_was_posted_before()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("rrlyr", "ebwuma");
        using var slack = await workspace.ConnectAsync();
        var posted = new List<string>();
        var progress = new Recorder(posting =>
        {
            posted.Add(posting.Message.Channel);
            workspace.Double.TokenError = "token_revoked";
        });

        var refused = await Assert.ThrowsAsync<SlackException>(() => slack.SendAlertsAsync(
            AlertFile.Read(Write("csv")).ToAsyncEnumerable(), progress: progress, cancellationToken: Cancel));

        Assert.Equal(SlackFailure.Refused, refused.Failure);
        Assert.Equal(["rrlyr"], posted);
    }

    private string Write(string kind)
    {
        switch (kind)
        {
            case "csv":
                return WriteText("night.csv", Csv);
            case "tsv":
                return WriteText("night.tsv", Csv.Replace(',', '\t'));
            case "semicolons":
                return WriteText("night.csv", Csv.Replace(',', ';'));
            case "avro":
                return WriteAvro();
            default:
                const string query = "SELECT * FROM (VALUES {0}) AS night({1})";
                var lines = Csv.Split('\n').Select(line => line.Trim().Split(',')).ToList();
                var rows = lines.Skip(1).Select(row => $"('{row[0]}', {row[1]}, '{row[2]}', {row[3]}, {row[4]}::DOUBLE, {row[5]}::DOUBLE)");
                var file = _files.Write("night/part-0.parquet", string.Format(CultureInfo.InvariantCulture, query, string.Join(',', rows), string.Join(',', lines[0])));
                return kind == "parquet" ? file : Path.GetDirectoryName(file)!;
        }
    }

    private string WriteText(string name, string text)
    {
        File.WriteAllText(_files.PathOf(name), text);
        return _files.PathOf(name);
    }

    private string WriteAvro()
    {
        var schema = (RecordSchema)Schema.Parse(
            """
            {"type":"record","name":"alert","fields":[{"name":"objectId","type":["string","null"]},{"name":"candid","type":"long"},
             {"name":"cross_match_alerts_per_batch","type":["null","string"]},{"name":"candidate_pid","type":"long"},
             {"name":"candidate_ra","type":"double"},{"name":"candidate_dec","type":["double","null"]}]}
            """);
        var path = _files.PathOf("night.avro");
        using var writer = DataFileWriter<GenericRecord>.OpenWriter(new GenericDatumWriter<GenericRecord>(schema), path);
        foreach (var row in Csv.Split('\n').Skip(1).Select(line => line.Trim().Split(',')))
        {
            var record = new GenericRecord(schema);
            record.Add("objectId", row[0]);
            record.Add("candid", long.Parse(row[1], CultureInfo.InvariantCulture));
            record.Add("cross_match_alerts_per_batch", row[2]);
            record.Add("candidate_pid", long.Parse(row[3], CultureInfo.InvariantCulture));
            record.Add("candidate_ra", double.Parse(row[4], CultureInfo.InvariantCulture));
            record.Add("candidate_dec", double.Parse(row[5], CultureInfo.InvariantCulture));
            writer.Append(record);
        }

        return path;
    }

    private sealed class Recorder(Action<ClassPosting> report) : IProgress<ClassPosting>
    {
        public void Report(ClassPosting value) => report(value);
    }
}
