using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Simulation;
using Fink.ScienceDb.Sources;
using Fink.TestSupport;

namespace Fink.ScienceDb.Tests.Simulation;

public sealed class SimulatedNightTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fink-night-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Survey.Ztf, "ztf-2023.parquet")]
    [InlineData(Survey.Rubin, "rubin")]
    public void The_columns_and_types_are_those_of_the_real_files(Survey survey, string real)
    {
        Assert.Equal(Shape(SharedFolder.Require($"data/science/{real}")), Shape(Write(survey, 10, 1, "night")));
    }

    [Theory]
    [InlineData(Survey.Ztf)]
    [InlineData(Survey.Rubin)]
    public void Equal_arguments_give_equal_files(Survey survey)
    {
        var once = Directory.GetFiles(Write(survey, 300, 2, "once")).Order().Select(Digest);
        var again = Directory.GetFiles(Write(survey, 300, 2, "again")).Order().Select(Digest);

        Assert.Equal(once, again);
    }

    [Theory]
    [InlineData(Survey.Ztf, "candid", "objectId", "candidate.magpsf", "roid", "cdsxmatch")]
    [InlineData(Survey.Rubin, "diaSourceId", "diaObject.diaObjectId", "diaSource.psfFlux", "clf.cats_score", "xm.simbad_otype")]
    public void The_alerts_do_not_depend_on_the_number_of_files(Survey survey, params string[] paths)
    {
        var one = Texts(Write(survey, 300, 1, "one"), paths);
        var seven = Texts(Write(survey, 300, 7, "seven"), paths);

        Assert.Equal(300, one.Count);
        Assert.Equal(one, seven);
        Assert.Equal(300, one.Select(row => row.Split('\t')[0]).Distinct().Count());
        Assert.InRange(one.Select(row => row.Split('\t')[1]).Distinct().Count(), 100, 299);
    }

    [Fact]
    public void A_ZTF_night_has_a_class_mix_nulls_and_histories_with_and_without_detections()
    {
        var folder = Write(Survey.Ztf, 1500, 1, "night");
        var counts = Rows.Matching(folder, "candid",
            "cdsxmatch = 'Unknown'", "cdsxmatch = 'RRLyrae'", "roid = 3", "mulens IS NULL", "prv_candidates IS NULL",
            "len([p FOR p IN prv_candidates IF p.magpsf IS NULL]) > 0 AND len([p FOR p IN prv_candidates IF p.magpsf IS NOT NULL]) > 0",
            "isnan(Plx)", "DR3Name = 'nan'", "map_extract(mangrove, 'HyperLEDA_name')[1] = 'None'").Select(ids => ids.Count).ToArray();

        Assert.InRange(counts[0], 600, 1000);
        Assert.InRange(counts[1], 60, 200);
        Assert.All(counts, count => Assert.InRange(count, 30, 1495));
    }

    [Fact]
    public void A_Rubin_night_has_null_structs_where_the_real_one_has()
    {
        var counts = Rows.Matching(
            Write(Survey.Rubin, 1000, 1, "night"), "diaSourceId",
            "diaObject IS NULL", "ssSource IS NULL", "prvDiaSources IS NULL", "pred.is_sso", "cardinality(lc_features) = 2",
            "(diaObject IS NULL) <> (ssSource IS NOT NULL)").Select(ids => ids.Count).ToArray();

        Assert.All(counts.Take(5), count => Assert.InRange(count, 50, 950));
        Assert.Equal(counts[0], counts[3]);
        Assert.Equal(0, counts[5]);
    }

    [Fact]
    public void A_ZTF_cutout_is_a_gzipped_FITS_image_that_does_not_compress_further()
    {
        var packed = FirstBytes(Write(Survey.Ztf, 3, 1, "night"), "cutoutScience", field: 1);
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var image = new MemoryStream();
        gzip.CopyTo(image);

        AssertFits(image.ToArray(), side: 63, blocks: 7);
        Assert.InRange(packed.Length, 12_000, 19_000);
        using var again = new MemoryStream();
        using (var second = new GZipStream(again, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            second.Write(packed);
        }

        Assert.True(again.Length > 0.97 * packed.Length);
    }

    [Theory]
    [InlineData("cutoutScience", 12)]
    [InlineData("cutoutTemplate", 14)]
    [InlineData("cutoutDifference", 12)]
    public void A_Rubin_cutout_is_a_plain_FITS_file(string column, int blocks) =>
        AssertFits(FirstBytes(Write(Survey.Rubin, 3, 1, "night"), column, field: -1), side: 30, blocks);

    [Fact]
    public void A_row_group_is_some_megabytes()
    {
        var file = Rows.OnlyFile(Write(Survey.Ztf, 300, 1, "night"));
        using var database = Rows.Open(file);

        Assert.Equal([128, 128, 44], database.ReadRowGroups(file));
    }

    [Fact]
    public void Files_that_are_there_are_kept_unless_told_otherwise()
    {
        var folder = Write(Survey.Ztf, 5, 1, "night");
        var before = Digest(Directory.GetFiles(folder)[0]);

        var error = Assert.Throws<ScienceDbException>(() => Write(Survey.Ztf, 6, 1, "night"));
        Assert.Contains("part-00000.parquet", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Digest(Directory.GetFiles(folder)[0]));

        SimulatedNight.Write(
            new SimulationOptions { Alerts = 6, OutputFolder = folder, Overwrite = true }, null, TestContext.Current.CancellationToken);
        Assert.NotEqual(before, Digest(Assert.Single(Directory.GetFiles(folder))));
    }

    [Fact]
    public void A_run_that_is_called_off_leaves_no_part_of_a_file()
    {
        using var source = new CancellationTokenSource();
        var folder = Path.Combine(_folder.FullName, "night");

        Assert.Throws<OperationCanceledException>(() => SimulatedNight.Write(
            new SimulationOptions { Alerts = 2000, OutputFolder = folder }, new CancelAt(256, source), source.Token));

        Assert.Empty(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(3, 4)]
    public void Numbers_that_make_no_sense_are_refused(long alerts, int files) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Write(Survey.Ztf, alerts, files, "night"));

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_that_names_it()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "file"), "");

        var error = Assert.Throws<ScienceDbException>(() => Write(Survey.Ztf, 1, 1, "file/night"));
        Assert.Contains("file", error.Message, StringComparison.Ordinal);
    }

    private string Write(Survey survey, long alerts, int files, string name)
    {
        var folder = Path.Combine(_folder.FullName, name);
        SimulatedNight.Write(
            new SimulationOptions { Alerts = alerts, Files = files, Survey = survey, OutputFolder = folder },
            null,
            TestContext.Current.CancellationToken);
        return folder;
    }

    private static string Digest(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private static IEnumerable<string> Shape(string location)
    {
        var file = Rows.OnlyFile(location);
        using var database = Rows.Open(file);
        return [.. database.ReadSchema(file).Columns.Select(column => $"{column.Name} {Describe(column.Type)}")];
    }

    private static string Describe(ColumnType type) => type.Children.Count == 0
        ? type.Kind.ToString()
        : $"{type.Kind}({string.Join(", ", type.Children.Select(child => $"{child.Name} {Describe(child.Type)}"))})";

    private static List<string> Texts(string folder, string[] paths)
    {
        var rows = new List<string>();
        foreach (var file in new ScienceSource(folder).List().Files)
        {
            using var database = Rows.Open(file);
            using var scan = database.Scan(file, new ScanPlan([], paths, []));
            while (scan.MoveNext())
            {
                for (var row = 0; row < scan.Batch.RowCount; row++)
                {
                    rows.Add(string.Join('\t', paths.Select((_, column) =>
                        scan.Batch[column].IsNull(row) ? "null" : Encoding.UTF8.GetString(scan.Batch[column].Bytes(row)))));
                }
            }
        }

        return rows;
    }

    private static byte[] FirstBytes(string folder, string column, int field)
    {
        var file = Rows.OnlyFile(folder);
        using var database = Rows.Open(file);
        using var scan = database.Scan(file, new ScanPlan([column], [], []));
        Assert.True(scan.MoveNext());
        return (field < 0 ? scan.Batch[0] : scan.Batch[0].StructChild(field)).Bytes(0).ToArray();
    }

    private static void AssertFits(byte[] file, int side, int blocks)
    {
        Assert.Equal(blocks * 2880, file.Length);
        var cards = Enumerable.Range(0, 36).Select(i => Encoding.ASCII.GetString(file, i * 80, 80).TrimEnd()).ToList();
        Assert.Equal("SIMPLE  =                    T", cards[0]);
        Assert.Contains($"BITPIX  = {-32,20}", cards);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"NAXIS1  = {side,20}"), cards);
        Assert.Contains("END", cards);
        Assert.All(
            Enumerable.Range(0, side * side).Select(i => BinaryPrimitives.ReadSingleBigEndian(file.AsSpan(2880 + (i * 4)))),
            pixel => Assert.True(float.IsFinite(pixel)));
    }

    private sealed class CancelAt(long alerts, CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= alerts)
            {
                source.Cancel();
            }
        }
    }
}
