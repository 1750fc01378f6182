using System.Security.Cryptography;
using System.Text;
using Fink.Cli.Errors;

namespace Fink.Cli.Commands.Demo;

/// <summary>The demo's own folder, which only its owner can look into, with the files that its commands name.</summary>
internal sealed class DemoFolder
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    public string Path { get; } = Make();

    public void Write(IReadOnlyList<DemoTopic> topics, params IReadOnlyList<string> users)
    {
        WriteFile("rules.yaml", Rules(topics));
        foreach (var user in users)
        {
            var password = RandomNumberGenerator.GetString(Letters, 24);
            WriteFile($"{user}.password", password + "\n");
            WriteFile(
                $"{user}.properties",
                $"""
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=SCRAM-SHA-512
                sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="{user}" password="{password}";

                """.ReplaceLineEndings("\n"));
        }
    }

    public void Delete() => Directory.Delete(Path, recursive: true);

    /// <exception cref="CommandFailedException">There is no place for it.</exception>
    private static string Make()
    {
        try
        {
            return Directory.CreateTempSubdirectory("fink-demo-").FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"no folder for the demo can be made in {System.IO.Path.GetTempPath()} ({e.Message.TrimEnd('.')}): name a folder to work in with TMPDIR");
        }
    }

    private static string Rules(IReadOnlyList<DemoTopic> topics)
    {
        var text = new StringBuilder("# Which alerts go where: a topic gets the alerts for which its rule, an SQL expression, holds.\nkey: schema\npartitions: 1\nmax-message-bytes: 1048588  # what Kafka gives a topic by itself\ntopics:\n");
        foreach (var topic in topics)
        {
            text.Append($"  - name: {topic.Name}\n    where: \"{topic.Rule}\"\n");
        }

        return text.ToString();
    }

    private void WriteFile(string name, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(System.IO.Path.Combine(Path, name), options);
        writer.Write(text);
    }
}
