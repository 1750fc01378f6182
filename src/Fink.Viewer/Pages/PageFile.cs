using System.Text;

namespace Fink.Viewer.Pages;

/// <summary>Writes a page beside its place and renames: there is never half of one.</summary>
public static class PageFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="IOException">The folder is not there, or the disk is full; the old page, if any, is as it was.</exception>
    public static void Write(string path, string html)
    {
        var partial = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}.partial");
        try
        {
            File.WriteAllText(partial, html, Utf8);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The name beside it is gone when somebody reads this.
            throw new IOException(e.Message.Replace(partial, path, StringComparison.Ordinal), e);
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }
}
