namespace Fink.TestSupport.Clusters;

/// <summary>A KAFKA_HOME whose scripts are ours: they write down their arguments and do what a test says.</summary>
public sealed class FakeHome : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-home-").FullName;

    public FakeHome(string version = "3.9.1")
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "libs"));
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "bin"));
        File.WriteAllText(System.IO.Path.Combine(Path, "libs", $"kafka-clients-{version}.jar"), "");
        Script("zookeeper-server-start.sh", "exec sleep 60");
        Script("kafka-server-start.sh", "exec sleep 60");
        Script("kafka-storage.sh", "exit 0");
        Script("java", "exit 0");
    }

    public string Path => System.IO.Path.Combine(_folder, "kafka");

    public string DataDir => System.IO.Path.Combine(_folder, "data");

    /// <summary>Every call so far: the script's name and its arguments.</summary>
    public string[] Calls => File.Exists(CallsFile) ? File.ReadAllLines(CallsFile) : [];

    private string CallsFile => System.IO.Path.Combine(_folder, "calls");

    public string? Environment(string name) => name switch
    {
        "KAFKA_HOME" => Path,
        "PATH" => System.IO.Path.Combine(Path, "bin"),
        "XDG_DATA_HOME" => _folder,
        _ => null,
    };

    public void Script(string name, string body)
    {
        var file = System.IO.Path.Combine(Path, "bin", name);
        File.WriteAllText(file, $"#!/bin/sh\necho {name} \"$@\" >> '{CallsFile}'\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void RemoveZooKeeper() => File.Delete(System.IO.Path.Combine(Path, "bin", "zookeeper-server-start.sh"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
