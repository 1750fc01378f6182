namespace Fink.Cli.Commands.Cluster;

/// <summary>How this program is run, for a process of it that outlives this one.</summary>
internal static class OwnCommand
{
    private const string Host = "dotnet";

    /// <summary>
    /// The program itself where it has one of its own (an installed tool), else .NET's with our assembly (<c>dotnet fink-kafka.dll</c>; a
    /// program that only has us in it, as a test has, is neither).
    /// </summary>
    public static IReadOnlyList<string> Find()
    {
        var assembly = typeof(OwnCommand).Assembly;
        var program = Environment.ProcessPath;
        var name = Path.GetFileNameWithoutExtension(program);
        if (program is not null && name == assembly.GetName().Name)
        {
            return [program];
        }

        var host = name == Host ? program : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");
        return [host ?? Host, assembly.Location];
    }
}
