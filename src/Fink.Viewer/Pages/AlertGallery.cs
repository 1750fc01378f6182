using System.Globalization;
using Fink.Client;
using Fink.Client.Files;

namespace Fink.Viewer.Pages;

/// <summary>
/// A folder of pages: `alerts/…` one an alert, and `index.html`, `index-2.html`, … with a card for each. The index is
/// written anew with every alert, so that it is true at any time, whatever ends the run. In memory are the cards of one
/// page of it.
/// </summary>
public sealed class AlertGallery
{
    /// <summary>Cards on a page of the index.</summary>
    public const int CardsAPage = 60;

    private const string Alerts = "alerts";

    private readonly string _folder;
    private readonly bool _overwrite;
    private readonly List<Markup> _cards = [];
    private int _page = 1;

    /// <param name="folder">Made if it is not there.</param>
    /// <param name="overwrite">Whether pages of an earlier run are replaced.</param>
    /// <exception cref="AlertFileExistsException">It holds an index, and overwriting was not asked for.</exception>
    /// <exception cref="IOException">It cannot be made or written to.</exception>
    public AlertGallery(string folder, bool overwrite = false)
    {
        _folder = Path.GetFullPath(folder);
        _overwrite = overwrite;
        if (!overwrite && File.Exists(Index))
        {
            throw new AlertFileExistsException(Index);
        }

        Directory.CreateDirectory(Path.Combine(_folder, Alerts));
        WriteIndex(hasNext: false);
    }

    /// <summary>The path of the index's first page.</summary>
    public string Index => Path.Combine(_folder, Name(1));

    /// <summary>Alerts that have a page.</summary>
    public long Count { get; private set; }

    /// <returns>The page's path; null where the same alert has its page already, from another topic.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string? Write(Alert alert)
    {
        var name = AlertFileName.For(alert, ".html");
        var path = Path.Combine(_folder, Alerts, name);
        if (!_overwrite && File.Exists(path))
        {
            return null;
        }

        TurnPage();
        var view = new AlertView(alert);
        PageFile.Write(path, AlertPage.Of(view, "../" + Name(_page)));
        _cards.Add(IndexPage.Card(view, $"{Alerts}/{Uri.EscapeDataString(name)}"));
        Count++;
        WriteIndex(hasNext: false);
        return path;
    }

    private void TurnPage()
    {
        if (_cards.Count == CardsAPage)
        {
            WriteIndex(hasNext: true);
            _cards.Clear();
            _page++;
        }
    }

    private void WriteIndex(bool hasNext) => PageFile.Write(
        Path.Combine(_folder, Name(_page)),
        IndexPage.Of(_cards, _page, ((_page - 1L) * CardsAPage) + 1, _page > 1 ? Name(_page - 1) : null, hasNext ? Name(_page + 1) : null));

    private static string Name(int page) => page == 1 ? "index.html" : string.Create(CultureInfo.InvariantCulture, $"index-{page}.html");
}
