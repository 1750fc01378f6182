using System.Text.RegularExpressions;
using Fink.Client;
using Fink.Viewer.Pages;
using Fink.Viewer.Tests.Fits;

namespace Fink.Viewer.Tests.Pages;

public sealed partial class AlertPageTests
{
    private const string Hostile = "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>\" onload=\"alert(3)' \u202e\0";

    [Fact]
    public void A_page_shows_facts_curve_and_cutouts()
    {
        var cutout = FitsBytes.Gzipped(FitsBytes.Floats(3, 3, 0, 1, 2, 3, float.NaN, 5, 6, 7, 8));

        var page = Page(TestAlert.Ztf(Look.Seen(2461000.5, 2, 17.25, 0.05), [Look.Seen(2460990.5, 1, 18), Look.NotSeen(2460980.5, 1, 20)], science: cutout));

        Assert.Contains("<h1><bdi>ZTF26aaaaaaa</bdi></h1>", page, StringComparison.Ordinal);
        Assert.Contains("RRLyrae", page, StringComparison.Ordinal);
        Assert.Contains("r 17.25 ± 0.05", page, StringComparison.Ordinal);
        Assert.Contains("g band: 1 seen, 1 not", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,iVBORw0KGgo", page, StringComparison.Ordinal);
        Assert.Contains("hatched: 1 without data", page, StringComparison.Ordinal);
        Assert.Contains("Nothing to see: the alert has none", page, StringComparison.Ordinal);
        Assert.Contains("<td>−20.0000</td><td>g</td><td>&gt; 20.000</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_brighter_measurement_is_drawn_higher_and_a_later_one_further_to_the_right()
    {
        var page = Page(TestAlert.Ztf(Look.Seen(2461000.5, 2, 17), [Look.Seen(2460990.5, 2, 18)]));

        var marks = Mark().Matches(page).Select(match => (X: Coordinate(match, 1), Y: Coordinate(match, 2))).ToList();
        Assert.Equal(2, marks.Count);
        Assert.True(marks[0].X < marks[1].X && marks[0].Y > marks[1].Y, $"{marks[0]} {marks[1]}");
    }

    [Fact]
    public void Markup_in_the_texts_of_an_alert_stays_text()
    {
        var page = Page(TestAlert.Ztf(Look.Seen(2461000.5, 2, 17), objectId: Hostile, cdsxmatch: Hostile));

        AssertHarmless(page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cutout_that_is_no_image_says_why_and_a_bomb_is_not_unpacked()
    {
        var zeros = new byte[20_000_000];
        FitsBytes.Of([], FitsBytes.Cards(-32, 10_000, 10_000)).CopyTo(zeros, 0);

        var page = Page(TestAlert.Ztf(
            Look.Seen(2461000.5, 2, 17), science: "<script>alert(1)</script>"u8.ToArray(), template: FitsBytes.Gzipped(zeros),
            difference: FitsBytes.Floats(1, 1, float.NaN)));

        AssertHarmless(page);
        Assert.Contains("it does not begin as FITS does", page, StringComparison.Ordinal);
        Assert.Contains("10000 × 10000 pixels", page, StringComparison.Ordinal);
        Assert.Contains("all of its pixels are without data", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_light_curve_of_nulls_and_NaN_is_said_to_be_none()
    {
        var page = Page(TestAlert.Ztf(
            new Look([null, null, null, null, null]), [null, Look.Seen(double.NaN, -1, double.NaN, double.NaN), Look.NotSeen(1, 1, double.NegativeInfinity)],
            cdsxmatch: null));

        AssertHarmless(page);
        Assert.Contains("no measurement in this alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_at_the_ends_of_all_that_is_taken_draw_inside_of_the_figure()
    {
        var page = Page(TestAlert.Ztf(Look.Seen(5_000_000, 1, -30, 79), [Look.Seen(0, 2, 50, 79), Look.NotSeen(1e-9, 3, 49.9999)]));

        AssertHarmless(page);
        Assert.All(Mark().Matches(page), match =>
        {
            Assert.InRange(Coordinate(match, 1), 0, 560);
            Assert.InRange(Coordinate(match, 2), 0, 350);
        });
    }

    [Fact]
    public void A_hundred_thousand_looks_make_a_page_that_a_phone_can_open()
    {
        var page = Page(TestAlert.Ztf(Look.Seen(2461000.5, 2, 17), Enumerable.Range(0, 100_000).Select(i => Look.Seen(2461000 - (i / 10.0), 1, 18))));

        Assert.Contains("98001 older measurements are left out", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 1, 1_000_000);
    }

    [Fact]
    public void The_page_asks_for_nothing_beside_itself_and_its_policy_allows_nothing_else()
    {
        var page = Page(TestAlert.Ztf(Look.Seen(2461000.5, 2, 17)));

        var policy = Policy().Match(page).Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; img-src data:; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var style = Style().Match(page).Groups[1].Value;
        Assert.Contains(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style))), policy, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    private static string Page(Alert alert) => AlertPage.Of(new AlertView(alert));

    /// <summary>Nothing that runs or fetches, and every tag is one of ours.</summary>
    private static void AssertHarmless(string page)
    {
        var body = page[page.IndexOf("<body>", StringComparison.Ordinal)..];
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\0', page);
        Assert.DoesNotContain('\u202e', page);
        Assert.All(Tag().Matches(body), tag => Assert.DoesNotMatch(@"\son\w+\s*=|javascript:|https?:", tag.Value.Replace("&quot;", "", StringComparison.Ordinal)));
        Assert.All(Sources().Matches(body), source => Assert.StartsWith("data:image/png;base64,", source.Groups[1].Value, StringComparison.Ordinal));
    }

    private static double Coordinate(Match match, int group) => double.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Of the figure; those of the legend lie at 0 0.</summary>
    [GeneratedRegex("""class="mark" d="M(?!0 )([\d.]+) ([\d.]+)m""")]
    private static partial Regex Mark();

    [GeneratedRegex("""Content-Security-Policy" content="([^"]*)""")]
    private static partial Regex Policy();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("""\ssrc="([^"]*)""")]
    private static partial Regex Sources();
}
