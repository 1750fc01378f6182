using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Storage;

/// <summary>
/// clean-stop: there from the moment when everything was flushed and closed to the next start. Without it, the last broker crashed.
/// </summary>
/// <param name="MetadataLength">Of the journal then, in bytes; null where an older version wrote the mark.</param>
/// <param name="GroupsLength">As <paramref name="MetadataLength"/>.</param>
internal sealed partial record CleanStop(long? MetadataLength, long? GroupsLength)
{
    /// <summary>As the first version wrote it.</summary>
    private const string WithoutLengths = "stopped\n";

    public static string PathIn(string folder) => Path.Combine(folder, "clean-stop");

    /// <returns>Null if there is none.</returns>
    /// <exception cref="StorageException">It is damaged.</exception>
    public static CleanStop? Read(IDisk disk, string folder)
    {
        if (WholeFile.Read(disk, PathIn(folder)) is not { } bytes) return null;

        var text = Encoding.UTF8.GetString(bytes);
        if (text == WithoutLengths) return new CleanStop(null, null);
        if (Form().Match(text) is { Success: true } match) return new CleanStop(LengthIn(match.Groups[1]), LengthIn(match.Groups[2]));

        throw new StorageException(
            $"{PathIn(folder)} is damaged. Nothing was changed: restore it from a copy, or delete it, and all is checked as after a crash.");
    }

    public void Write(IDisk disk, string folder) =>
        WholeFile.Replace(disk, PathIn(folder), Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{WithoutLengths}metadata.journal {MetadataLength}\ngroups.journal {GroupsLength}\n")));

    public static void Remove(IDisk disk, string folder)
    {
        disk.DeleteFile(PathIn(folder));
        disk.FlushFolder(folder);
    }

    private static long LengthIn(Group digits) => long.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\Astopped\nmetadata\.journal ([0-9]{1,18})\ngroups\.journal ([0-9]{1,18})\n\z")]
    private static partial Regex Form();
}
