namespace Fink.Viewer.Pages;

/// <summary>One page about one alert, with all that it shows inside of it: nothing is fetched, nothing is run.</summary>
public static class AlertPage
{
    /// <param name="index">Where the page of all alerts is, relative to this one; null where there is none.</param>
    /// <returns>HTML in UTF-8.</returns>
    public static string Of(AlertView alert, string? index = null)
    {
        var page = new Markup();
        page.Add($"""
            <header>
            {Back(index)}
            <h1><bdi>{alert.ObjectId}</bdi></h1>
            <p class="lead">{Lead(alert)}</p>
            </header>
            <main class="alert">
            <section aria-labelledby="curve">
            <h2 id="curve">Light curve</h2>
            {LightCurveFigure.Of(alert.LightCurve)}
            </section>
            <section class="side" aria-labelledby="facts">
            <h2 id="facts">Facts</h2>
            {Facts(alert)}
            </section>
            <section aria-labelledby="cutouts">
            <h2 id="cutouts">Cutouts</h2>
            {CutoutFigures.Of(alert.Cutouts)}
            </section>
            </main>
            <footer><p>Read from <bdi>{alert.Source}</bdi> by fink-kafka.</p></footer>
            """);
        return PageFrame.Around($"{alert.ObjectId} · {alert.Survey} alert", page);
    }

    private static Markup Back(string? index)
    {
        var back = new Markup();
        if (index is not null)
        {
            back.Add($"""<nav aria-label="Up"><a href="{index}">← all alerts</a></nav>""");
        }

        return back;
    }

    private static Markup Lead(AlertView alert)
    {
        var lead = new Markup();
        lead.Add($"{alert.Survey} alert");
        foreach (var part in new[] { alert.Class, alert.Brightness, alert.Observed }.OfType<string>())
        {
            lead.Add($" · <bdi>{part}</bdi>");
        }

        return lead;
    }

    private static Markup Facts(AlertView alert)
    {
        var facts = new Markup();
        facts.Add($"""<dl class="facts">""");
        foreach (var fact in alert.Facts)
        {
            facts.Add($"""<div><dt>{fact.Name}</dt><dd dir="auto">{fact.Value}</dd></div>""");
        }

        facts.Add($"</dl>");
        return facts;
    }
}
