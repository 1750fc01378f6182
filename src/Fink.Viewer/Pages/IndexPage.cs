namespace Fink.Viewer.Pages;

/// <summary>A page of many alerts: a card each, which leads to the alert's own page.</summary>
internal static class IndexPage
{
    /// <param name="page">The alert's page, relative to the index, as an address.</param>
    public static Markup Card(AlertView alert, string page)
    {
        var card = new Markup();
        card.Add($"""
            <li><a href="{page}">
            {Thumbnail.Of(alert.LightCurve)}
            <strong><bdi>{alert.ObjectId}</bdi></strong>
            <span><bdi>{alert.Class ?? "no class"}</bdi> · {alert.Brightness ?? "no magnitude"}</span>
            <small>{alert.Observed ?? "at an unknown time"}</small>
            </a></li>
            """);
        return card;
    }

    /// <param name="number">Of this page, from 1.</param>
    /// <param name="first">The number of the first alert on it, from 1.</param>
    /// <param name="previous">Addresses; null where there is no such page.</param>
    public static string Of(IReadOnlyList<Markup> cards, int number, long first, string? previous, string? next)
    {
        var page = new Markup();
        var pages = Pages(number, previous, next);
        page.Add($"""
            <header>
            <h1>Alerts</h1>
            <p class="lead">{Range(cards.Count, first)}, in the order in which they were read</p>
            {pages}
            </header>
            <main>
            <ol class="cards" start="{first}">
            """);
        foreach (var card in cards)
        {
            page.Add($"{card}");
        }

        page.Add($"""
            </ol>
            </main>
            <footer>{pages}<p>Written by fink-kafka.</p></footer>
            """);
        return PageFrame.Around(number == 1 ? "Alerts" : $"Alerts, page {number}", page);
    }

    private static string Range(int count, long first) => count switch
    {
        0 => "None so far",
        1 => $"Number {first}",
        _ => $"Numbers {first} to {first + count - 1}",
    };

    private static Markup Pages(int number, string? previous, string? next)
    {
        var pages = new Markup();
        if (previous is null && next is null)
        {
            return pages;
        }

        pages.Add($"""<nav class="pages" aria-label="Pages">""");
        if (previous is not null)
        {
            pages.Add($"""<a href="{previous}" rel="prev">← page {number - 1}</a>""");
        }

        pages.Add($"""<span aria-current="page">page {number}</span>""");
        if (next is not null)
        {
            pages.Add($"""<a href="{next}" rel="next">page {number + 1} →</a>""");
        }

        pages.Add($"</nav>");
        return pages;
    }
}
