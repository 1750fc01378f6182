using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Tests.Storage;

public sealed class DataFolderTests : IDisposable
{
    private readonly ClusterLayout _layout = new(Directory.CreateTempSubdirectory("fink-folder-").FullName);

    private DataFolder Folder => new(_layout);

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("{}")]
    public void A_damaged_file_is_named_with_the_way_out(string text)
    {
        File.WriteAllText(_layout.StateFile, text);
        File.WriteAllText(_layout.ProcessesFile, text);

        var state = Assert.Throws<ClusterException>(() => Folder.LoadState());
        var processes = Assert.Throws<ClusterException>(() => Folder.LoadProcesses());

        Assert.Equal(
            $"{_layout.StateFile} is damaged, so nobody knows what its cluster is: put a copy of the file back, or start another cluster with --data-dir",
            state.Message);
        Assert.Equal(
            $"{_layout.ProcessesFile} is damaged, so nobody knows which processes are the cluster's: end those that ps shows with {_layout.DataDir}, then delete the file",
            processes.Message);
    }

    [Fact]
    public void A_state_that_may_not_be_read_is_told_and_not_taken_for_a_missing_one()
    {
        // Root may read every file; a folder is no file for anybody.
        Directory.CreateDirectory(_layout.StateFile);

        var refused = Assert.Throws<ClusterException>(() => Folder.LoadState());

        Assert.Equal($"cannot read the data folder {_layout.DataDir} (permission denied): become the user who started its cluster, or name another one with --data-dir", refused.Message);
    }

    [Fact]
    public void A_folder_of_an_earlier_version_has_nothing_of_what_came_later()
    {
        File.WriteAllText(_layout.StateFile, """{ "mode": "Embedded", "kafkaVersion": "0.1.0", "brokers": ["127.0.0.1:9093"], "tls": false, "wasReady": true }""");

        var state = Folder.LoadState()!;

        Assert.Empty(state.AnonymousServers);
        Assert.Empty(state.BrokerProperties);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_named_with_the_way_out()
    {
        var file = _layout.StateFile;
        File.WriteAllText(file, "");

        var error = Assert.Throws<ClusterException>(() => new DataFolder(new ClusterLayout(file)).Prepare());

        Assert.Equal(ClusterErrorKind.Usage, error.Kind);
        Assert.Equal($"{file} is a file, not a folder: give an empty or a new folder with --data-dir", error.Message);
    }

    public void Dispose() => Directory.Delete(_layout.DataDir, recursive: true);
}
