using System.Text;

namespace Fink.Distribution.Configuration;

/// <summary>Reads a configuration file whole, as UTF-8.</summary>
internal static class TextFile
{
    // A file this large is not a configuration file, whatever its name.
    private const long MaximumLength = 16 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="what">What the file is, for messages: <c>conf file</c>.</param>
    /// <exception cref="ConfigurationException">It is not there, not readable, too large, or not text.</exception>
    public static string Read(string path, string what)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.Length > MaximumLength)
            {
                throw new ConfigurationException($"{path}: too large for a {what} ({stream.Length} bytes)");
            }

            using var reader = new StreamReader(stream, Strict);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigurationException($"{path}: there is no such {what}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new ConfigurationException($"{path}: not a text file in UTF-8", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: the {what} cannot be read: {e.Message}", e);
        }
    }
}
