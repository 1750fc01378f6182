namespace Fink.Kafka.Cluster.Storage;

/// <summary>Why a file that the user named cannot be read, in words of its own: .NET's say the path again.</summary>
internal static class UnreadableFile
{
    public static string Reason(Exception e, string file) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException when Directory.Exists(file) => "it is a folder",
        UnauthorizedAccessException => "this user may not read it",
        _ => e.Message,
    };
}
