using System.Text.RegularExpressions;

namespace Fink.Kafka.Cluster.Installation;

/// <summary>Where an archive comes from: a file of this machine, or addresses to try in turn.</summary>
/// <param name="FileName">For example <c>kafka_2.13-3.9.1.tgz</c>.</param>
/// <param name="LocalFile">Null when it must be downloaded.</param>
internal sealed partial record InstallSource(string FileName, string? LocalFile, IReadOnlyList<Uri> Addresses)
{
    private const string ScalaVersion = "2.13";
    private const string Suffix = ".tgz";

    /// <summary>Apache keeps its current releases on the first, and every release on the second.</summary>
    private static readonly Uri[] Apache = [new("https://downloads.apache.org/kafka/"), new("https://archive.apache.org/dist/kafka/")];

    /// <summary>The folder in it, as Apache names them; only a guess for a file with a name of its own.</summary>
    public string HomeName => FileName[..^Suffix.Length];

    /// <exception cref="ClusterException">The version is none, or what is given is neither a .tgz file nor a URL of one.</exception>
    public static InstallSource Of(InstallOptions options)
    {
        if (options.From is { } from)
        {
            return Uri.TryCreate(from, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? new InstallSource(RequireArchive(Path.GetFileName(address.LocalPath), from), null, [address])
                : new InstallSource(RequireArchive(Path.GetFileName(from), from), RequireFile(from), []);
        }

        if (!ReleaseNumber().IsMatch(options.Version))
        {
            throw new ClusterException(
                ClusterErrorKind.Usage, $"'{options.Version}' is not a version of Apache Kafka: give three numbers, for example {InstallOptions.DefaultVersion}");
        }

        var name = $"kafka_{ScalaVersion}-{options.Version}{Suffix}";
        Uri[] bases = options.Mirror is { } mirror ? [new Uri(mirror.AbsoluteUri.TrimEnd('/') + "/")] : Apache;
        return new InstallSource(name, null, [.. bases.Select(address => new Uri(address, $"{options.Version}/{name}"))]);
    }

    private static string RequireArchive(string name, string given) =>
        name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Suffix.Length
            ? name
            : throw new ClusterException(ClusterErrorKind.Usage, $"'{given}' is not a .tgz: give Apache Kafka's binary archive, for example kafka_{ScalaVersion}-{InstallOptions.DefaultVersion}.tgz");

    private static string RequireFile(string path) =>
        File.Exists(path) ? Path.GetFullPath(path) : throw new ClusterException(ClusterErrorKind.Failed, $"{path}: no such file");

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex ReleaseNumber();
}
