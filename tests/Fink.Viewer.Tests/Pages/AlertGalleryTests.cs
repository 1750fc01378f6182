using Fink.Client;
using Fink.Viewer.Pages;

namespace Fink.Viewer.Tests.Pages;

public sealed class AlertGalleryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-gallery-").FullName;

    [Fact]
    public void The_index_leads_to_every_page_and_every_page_back()
    {
        var gallery = new AlertGallery(Folder);

        var page = gallery.Write(Alert("ZTF26aaaaaaa"))!;

        Assert.Contains("href=\"alerts/ZTF26aaaaaaa_1234567890123456789.html\"", File.ReadAllText(gallery.Index), StringComparison.Ordinal);
        Assert.Contains("href=\"../index.html\"", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_long_index_has_pages_that_lead_to_each_other()
    {
        var gallery = new AlertGallery(Folder);
        for (var i = 0; i <= AlertGallery.CardsAPage; i++)
        {
            gallery.Write(Alert($"ZTF{i}"));
        }

        var (first, second) = (File.ReadAllText(gallery.Index), File.ReadAllText(Path.Combine(Folder, "index-2.html")));
        Assert.Contains("href=\"index-2.html\" rel=\"next\"", first, StringComparison.Ordinal);
        Assert.Contains($"Numbers 1 to {AlertGallery.CardsAPage}", first, StringComparison.Ordinal);
        Assert.Contains("href=\"index.html\" rel=\"prev\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", second, StringComparison.Ordinal);
        Assert.Contains($"ZTF{AlertGallery.CardsAPage}<", second, StringComparison.Ordinal);
        Assert.Equal(AlertGallery.CardsAPage + 1, gallery.Count);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("index.html")]
    [InlineData("a\" onclick=\"alert(1)")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\u202eשלום\u0007")]
    [InlineData("C:\\x?y#z%00")]
    public void A_name_of_any_kind_is_a_file_in_the_folder_and_an_address_that_leads_there(string objectId)
    {
        var gallery = new AlertGallery(Folder);

        var page = gallery.Write(Alert(objectId))!;

        Assert.Equal(Path.Combine(Folder, "alerts"), Path.GetDirectoryName(page));
        var index = File.ReadAllText(gallery.Index);
        Assert.Contains($"href=\"alerts/{Uri.EscapeDataString(Path.GetFileName(page))}\"", index, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", index, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick=\"", index, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_alert_again_is_no_second_card()
    {
        var gallery = new AlertGallery(Folder);
        gallery.Write(Alert("ZTF1"));

        Assert.Null(gallery.Write(Alert("ZTF1")));
        Assert.Equal(1, gallery.Count);
    }

    [Fact]
    public void Pages_of_an_earlier_run_are_replaced_only_where_that_is_asked_for()
    {
        new AlertGallery(Folder).Write(Alert("ZTF1"));

        var error = Assert.Throws<AlertFileExistsException>(() => new AlertGallery(Folder));
        Assert.EndsWith("index.html", error.Path, StringComparison.Ordinal);
        Assert.Contains("ZTF1", File.ReadAllText(Path.Combine(Folder, "index.html")), StringComparison.Ordinal);
        Assert.NotNull(new AlertGallery(Folder, overwrite: true).Write(Alert("ZTF1")));
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_named_as_it_would_have_been_called()
    {
        var gone = Path.Combine(_folder, "gone", "alert.html");

        var told = Assert.Throws<IOException>(() => PageFile.Write(gone, "<!DOCTYPE html>"));

        Assert.Contains(gone, told.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Folder => Path.Combine(_folder, "pages");

    private static Alert Alert(string objectId) => TestAlert.Ztf(Look.Seen(2461000.5, 2, 17, 0.1), [Look.Seen(2460990.5, 1, 18), Look.NotSeen(2460980.5, 1, 20)], objectId);
}
