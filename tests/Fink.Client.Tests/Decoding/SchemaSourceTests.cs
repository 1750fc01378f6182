using Fink.Client.Decoding;

namespace Fink.Client.Tests.Decoding;

/// <summary>Where the schema of a message comes from.</summary>
public sealed class SchemaSourceTests : IDisposable
{
    private const string Small = """{"type":"record","name":"a","fields":[{"name":"candid","type":"long"}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-schemas-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_schema_is_parsed_once_for_all_messages_with_the_same_key()
    {
        var decoder = new AlertDecoder(AlertSchemas.None, "broker:9092");
        var keys = new KnownKeys();
        Alert Read(string key)
        {
            var message = Some.Message(key, [2]);
            message.Message.Key = keys.Deserialize(message.Message.Key, isNull: false, default);
            return decoder.Decode(message);
        }

        Assert.Same(Read(Small).Schema, Read(Small).Schema);
        Assert.True(Read(Small).Key.Equals(Read(Small).Key));
        Assert.NotSame(Read(Small).Schema, Read(Small.Replace("candid", "candic", StringComparison.Ordinal)).Schema);
    }

    [Fact]
    public void A_version_in_the_key_chooses_the_file_of_that_version()
    {
        Write("distribution_schema_fink_ztf_2.7_3.10.1.avsc", Small);
        Write("distribution_schema_fink_ztf_2.8_3.10.1.avsc", Some.ZtfSchema);
        Write("9.9.avsc", Some.RubinSchema);
        var decoder = new AlertDecoder(AlertSchemas.Load(_folder), "broker:9092");

        Assert.Equal("1", decoder.Decode(Some.Message("2.7_3.10.1", [2])).AlertId);
        Assert.Equal(AlertSurvey.Rubin, decoder.Decode(Some.Message("9.9", Some.Datum(Some.RubinSchema, 1L, new object?[4], new object?[1]))).Schema.Survey);
        var told = Assert.Throws<AlertReadException>(() => decoder.Decode(Some.Message("7.7", [2])));
        Assert.Equal(
            $"Cannot decode fink_some partition 1 offset 7 from broker:9092: the key is not a schema but '7.7', so that the schema must be given; {_folder} has no .avsc file for it.",
            told.Message);
    }

    [Fact]
    public void The_fingerprint_in_the_header_chooses_among_those_given_and_those_seen()
    {
        Write("a.avsc", Small);
        var fingerprint = AlertSchema.Parse(Small).Fingerprint;
        var seen = AlertSchema.Parse(Some.ZtfSchema).Fingerprint;
        var ztf = Some.Datum(Some.ZtfSchema, "o", 5L, new object?[6], null);
        var decoder = new AlertDecoder(AlertSchemas.Load(_folder), "broker:9092");

        Assert.Equal("1", decoder.Decode(Some.Message(null, [2], ("schema", fingerprint))).AlertId);
        Assert.Throws<AlertReadException>(() => decoder.Decode(Some.Message(null, ztf, ("schema", seen))));
        decoder.Decode(Some.Message(Some.ZtfSchema, ztf));
        Assert.Equal("5", decoder.Decode(Some.Message(null, ztf, ("schema", seen))).AlertId);
    }

    [Fact]
    public void A_file_that_is_no_schema_is_named()
    {
        Write("bad.avsc", "{\"type\":\"thing\"}");
        Write("text.avsc", "no schema");
        Write("array.avsc", """{"type":"array","items":"int"}""");

        Assert.All(["bad.avsc", "text.avsc", "array.avsc", "nowhere.avsc"], name =>
        {
            var told = Assert.Throws<AlertReadException>(() => AlertSchemas.Load(Path.Combine(_folder, name)));
            Assert.Equal(AlertReadFailure.Invalid, told.Failure);
            Assert.Contains(name, told.Message, StringComparison.Ordinal);
        });
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
