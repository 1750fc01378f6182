using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Fink.Viewer.Pages;

/// <summary>
/// What every page has around its content. It asks the browser for nothing but itself: its policy allows its own style
/// sheet, by its hash, and images inside of the page; neither scripts nor frames, forms or the network.
/// </summary>
internal static class PageFrame
{
    private static readonly string Style = ReadStyle();

    private static readonly string Policy =
        $"default-src 'none'; img-src data:; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'";

    public static string Around(string title, Markup content)
    {
        var style = new Markup();
        style.AddStyle(Style);
        var page = new Markup();
        page.Add($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            {style}
            </head>
            <body>
            {content}
            </body>
            </html>
            """);
        return page.ToString();
    }

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Fink.Viewer.Pages.page.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
