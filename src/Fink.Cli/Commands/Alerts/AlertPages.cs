using Fink.Cli.Errors;
using Fink.Client;
using Fink.Client.Files;
using Fink.Viewer.Pages;

namespace Fink.Cli.Commands.Alerts;

/// <summary>The pages that <c>consume --html</c> writes beside what it prints.</summary>
internal sealed class AlertPages(Invocation run, string folder, bool overwrite)
{
    private readonly AlertGallery _gallery = Open(folder, overwrite);
    private readonly WrittenAlerts _written = new();

    public void Write(Alert alert)
    {
        if (_gallery.Write(alert) is null)
        {
            run.Detail($"alert {alert.AlertId ?? "-"}: it has its page already");
        }

        _written.Add(AlertFileName.For(alert, ""), alert);
    }

    /// <summary>The exit code, when the last page is written.</summary>
    public int Finish()
    {
        run.Note($"wrote {_gallery.Count} {(_gallery.Count == 1 ? "page" : "pages")}: look at {_gallery.Index}");
        if (_written.Complaint("page") is { } complaint)
        {
            run.Note(complaint);
        }

        return _written.Others > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    /// <exception cref="UsageException">The folder holds an index, or cannot be made.</exception>
    private static AlertGallery Open(string folder, bool overwrite)
    {
        try
        {
            return new AlertGallery(folder, overwrite);
        }
        catch (AlertFileExistsException exists)
        {
            throw new UsageException($"--html {folder}: {exists.Path} is there already: choose another folder, or --overwrite");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--html {folder}: this folder cannot be made: {error.Message}", error);
        }
    }
}
