using Fink.Kafka.Cluster.Homes;
using Fink.Kafka.Cluster.Installation;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster;

/// <summary>What <see cref="KafkaInstaller.InstallAsync"/> is asked for.</summary>
public sealed record InstallOptions
{
    public const string DefaultVersion = "3.9.1";

    /// <summary>The last one with ZooKeeper by default.</summary>
    public string Version { get; init; } = DefaultVersion;

    /// <summary>A <c>kafka_*.tgz</c> of this machine, or its URL; its sum is the file <c>.sha512</c> beside it. Default: Apache's download host, then its archive.</summary>
    public string? From { get; init; }

    /// <summary>Base address that has <c>VERSION/kafka_2.13-VERSION.tgz</c> below it.</summary>
    public Uri? Mirror { get; init; }
}

/// <param name="TotalBytes">Null when the server does not say.</param>
public readonly record struct InstallProgress(string Step, long Bytes, long? TotalBytes);

/// <param name="AlreadyInstalled">It was there before, and nothing was done.</param>
public sealed record InstallOutcome(string KafkaHome, string Version, bool AlreadyInstalled);

/// <summary>Puts Apache Kafka where <see cref="LocalCluster"/> finds it: checked against the published SHA-512, and whole or not at all.</summary>
/// <param name="installDir">See <see cref="ClusterLayout.DefaultInstallDir"/>.</param>
public sealed class KafkaInstaller(string installDir, HttpClient? http = null, TimeProvider? time = null)
{
    private const string SumSuffix = ".sha512";

    private readonly string _installDir = Path.GetFullPath(installDir);

    /// <exception cref="ClusterException"/>
    public async Task<InstallOutcome> InstallAsync(
        InstallOptions options, IProgress<InstallProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var source = InstallSource.Of(options);
        if (KafkaHome.Read(Path.Combine(_installDir, source.HomeName)) is { } before)
        {
            return new InstallOutcome(before.Path, before.Version.ToString(), AlreadyInstalled: true);
        }

        try
        {
            Directory.CreateDirectory(_installDir);
            using var held = Lock();
            return await FetchAndUnpackAsync(source, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"cannot install into {_installDir}: {e.Message}", e);
        }
    }

    private async Task<InstallOutcome> FetchAndUnpackAsync(InstallSource source, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        var archive = source.LocalFile ?? await DownloadAsync(source, progress, cancellationToken).ConfigureAwait(false);
        if (source.LocalFile is { } local)
        {
            progress?.Report(new InstallProgress("checking", 0, null));
            await PublishedSum.RequireAsync(local, await LocalSumAsync(local, cancellationToken).ConfigureAwait(false), local, cancellationToken).ConfigureAwait(false);
        }

        progress?.Report(new InstallProgress("unpacking", 0, null));
        var beside = Path.Combine(_installDir, ".unpacking");
        DeleteIfThere(beside);
        try
        {
            Directory.CreateDirectory(beside);
            var unpacked = await Unpacking.UnpackAsync(archive, beside, cancellationToken).ConfigureAwait(false);
            var home = Path.Combine(_installDir, Path.GetFileName(unpacked.Path));
            var isThere = KafkaHome.Read(home) is not null;
            if (!isThere)
            {
                Directory.Move(unpacked.Path, home);
            }

            return new InstallOutcome(home, unpacked.Version.ToString(), isThere);
        }
        finally
        {
            DeleteIfThere(beside);
            if (source.LocalFile is null)
            {
                File.Delete(archive);
            }
        }
    }

    private async Task<string> DownloadAsync(InstallSource source, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        using var own = http is null ? new HttpClient { Timeout = Timeout.InfiniteTimeSpan } : null;
        var download = new Download(http ?? own!, time ?? TimeProvider.System, progress);
        var part = Path.Combine(_installDir, source.FileName + ".part");
        foreach (var address in source.Addresses)
        {
            var sumAddress = new Uri(address.AbsoluteUri + SumSuffix);
            if (await download.TextAsync(sumAddress, cancellationToken).ConfigureAwait(false) is not { } text)
            {
                continue;
            }

            var sum = PublishedSum.Parse(text, source.FileName)
                ?? throw new ClusterException(ClusterErrorKind.Failed, $"{sumAddress} holds no SHA-512: this is not where Apache Kafka is published");
            var hadPart = File.Exists(part);
            await download.FileAsync(address, part, cancellationToken).ConfigureAwait(false);
            try
            {
                await PublishedSum.RequireAsync(part, sum, address.ToString(), cancellationToken).ConfigureAwait(false);
            }
            catch (ClusterException)
            {
                // No use to go on with; but what an earlier run left may be of another file, so once more from the start.
                File.Delete(part);
                if (!hadPart)
                {
                    throw;
                }

                await download.FileAsync(address, part, cancellationToken).ConfigureAwait(false);
                await PublishedSum.RequireAsync(part, sum, address.ToString(), cancellationToken).ConfigureAwait(false);
            }

            return part;
        }

        throw new ClusterException(
            ClusterErrorKind.Failed,
            $"{source.FileName} is not published at {string.Join(" or ", source.Addresses.Select(address => new Uri(address, ".")))}: is the version right? Releases: https://kafka.apache.org/downloads");
    }

    private static async Task<byte[]> LocalSumAsync(string archive, CancellationToken cancellationToken)
    {
        var file = archive + SumSuffix;
        if (!File.Exists(file))
        {
            throw new ClusterException(
                ClusterErrorKind.Failed, $"{file} is missing: put the published SHA-512 beside the archive (https://downloads.apache.org/kafka/), nothing is installed unchecked");
        }

        return PublishedSum.Parse(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), Path.GetFileName(archive))
            ?? throw new ClusterException(ClusterErrorKind.Failed, $"{file} holds no SHA-512 of {Path.GetFileName(archive)}");
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(Path.Combine(_installDir, ".lock"), PrivateFiles.Options(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException e) when (DataFolder.IsSharingViolation(e))
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"another fink-kafka is installing into {_installDir}: wait until it is done", e);
        }
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
