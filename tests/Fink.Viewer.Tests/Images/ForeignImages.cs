using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fink.TestSupport;

namespace Fink.Viewer.Tests.Images;

/// <summary>Images as astropy and Pillow read them, by tests/foreign/read_images.py.</summary>
internal static class ForeignImages
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Skips the running test where Python has not what is needed.</summary>
    public static async Task<JsonObject> ReadAsync(IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        await RequireAsync(cancellationToken);
        var folder = Directory.CreateTempSubdirectory("fink-images-").FullName;
        try
        {
            foreach (var (name, bytes) in files)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, cancellationToken);
            }

            var (exitCode, output, errors) = await RunAsync([Path.Combine(Checkout.Root, "tests", "foreign", "read_images.py"), folder], cancellationToken);
            Assert.True(exitCode == 0, errors);
            return JsonNode.Parse(output)!.AsObject();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>NaN stands for what the script found to be no number.</summary>
    public static double[] Numbers(JsonNode? list) => list.Deserialize<double?[]>()!.Select(value => value ?? double.NaN).ToArray();

    private static async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Python) || (await RunAsync(["-c", "import astropy.io.fits, PIL"], cancellationToken)).ExitCode != 0)
        {
            throw SkippedException.Because($"no {Python} with astropy and Pillow (Debian's packages python3-astropy and python3-pil)");
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
