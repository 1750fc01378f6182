namespace Fink.Client.Tests;

public sealed class AlertCredentialsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-credentials-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("survey: ztf\nusername: ana\ngroupid: ana_group\nservers: a:9092,b:9092\nmaxtimeout: 10\npassword: secret\ntopics:\n  fink_sso_ztf: {}\n  fink_sn_ztf:\n    telegram: {token: T, channel: '@c'}\n")]
    [InlineData("username: ana\npassword: secret\ngroup_id: ana_group\nmytopics:\n- fink_sso_ztf\n- fink_sn_ztf\nservers: a:9092,b:9092\nmaxtimeout: 10\n")]
    public void Both_spellings_of_the_file_are_read(string yaml)
    {
        var credentials = AlertCredentials.Load(Write(yaml));

        var options = credentials.ToOptions();

        Assert.Equal(("a:9092,b:9092", "ana", "ana_group"), (credentials.Servers, credentials.User, options.Group));
        Assert.Equal(["fink_sso_ztf", "fink_sn_ztf"], options.Topics);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Timeout);
        Assert.Equal("sasl_plaintext", options.Connection.Settings["security.protocol"]);
        Assert.Equal("SCRAM-SHA-512", options.Connection.Settings["sasl.mechanism"]);
        Assert.DoesNotContain("secret", $"{credentials} {options}", StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_password_there_is_no_login()
    {
        var options = AlertCredentials.Load(Write("username: ana\npassword: null\nservers: a:9092\ngroupid:\nmytopics: fink_sso_ztf\n")).ToOptions();

        Assert.Equal("plaintext", options.Connection.Settings["security.protocol"]);
        Assert.Null(options.Group);
        Assert.Equal(["fink_sso_ztf"], options.Topics);
    }

    [Theory]
    [InlineData("username: ana\n", "it has no servers")]
    [InlineData("- servers\n", "it is no mapping of names to values")]
    [InlineData("", "it is no mapping of names to values")]
    [InlineData("password: 'secret\nservers: x\n", "is no YAML")]
    [InlineData("servers: x\nmaxtimeout: soon\n", "maxtimeout is no number of seconds")]
    [InlineData("servers: [x]\n", "servers is no text")]
    public void What_is_no_such_file_is_told_without_what_it_holds(string yaml, string why)
    {
        var path = Write(yaml);

        var told = Assert.Throws<AlertReadException>(() => AlertCredentials.Load(path));

        Assert.Equal(AlertReadFailure.Invalid, told.Failure);
        Assert.Contains(path, told.Message, StringComparison.Ordinal);
        Assert.Contains(why, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_with_who_writes_it()
    {
        var told = Assert.Throws<AlertReadException>(() => AlertCredentials.Load(Path.Combine(_folder, "nowhere.yml")));

        Assert.Contains("nowhere.yml", told.Message, StringComparison.Ordinal);
        Assert.Contains("register", told.Message, StringComparison.Ordinal);
    }

    private string Write(string yaml)
    {
        var path = Path.Combine(_folder, "ztf_credentials.yml");
        File.WriteAllText(path, yaml);
        return path;
    }
}
