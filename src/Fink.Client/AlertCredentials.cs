using Fink.Client.Credentials;

namespace Fink.Client;

/// <summary>
/// What Fink gave a subscriber, out of the file that fink-client's `register` writes: `~/.finkclient/{survey}_credentials.yml`.
/// </summary>
public sealed class AlertCredentials
{
    private readonly string? _password;

    internal AlertCredentials(CredentialsFile file)
    {
        Survey = file.Text("survey");
        Servers = file.Text("servers") ?? throw file.Lacks("servers");
        User = file.Text("username");
        Group = file.Text("groupid", "group_id");
        Topics = file.Names("topics", "mytopics");
        Timeout = file.Seconds("maxtimeout");
        _password = file.Text("password");
    }

    /// <summary>`ztf` or `lsst`, where the file says it.</summary>
    public string? Survey { get; }

    public string Servers { get; }

    public string? User { get; }

    public string? Group { get; }

    public IReadOnlyList<string> Topics { get; }

    /// <summary>How long fink-client waits for an alert; here, for the brokers' first answer.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>With SCRAM-SHA-512 where there is both a user and a password, as fink-client does; else without a login.</summary>
    public AlertConnection Connection => User is not null && _password is not null
        ? AlertConnection.To(Servers, User, _password)
        : AlertConnection.To(Servers);

    /// <param name="survey">`ztf` or `lsst`.</param>
    /// <exception cref="AlertReadException">The file is not there, or is not such a file.</exception>
    public static AlertCredentials OfSurvey(string survey) => Load(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".finkclient", $"{survey}_credentials.yml"));

    /// <param name="path">The file's keys may be those of fink-client 12 (`groupid`, `topics`) or of those before (`group_id`, `mytopics`).</param>
    /// <exception cref="AlertReadException">The file is not there, or is not such a file.</exception>
    public static AlertCredentials Load(string path) => new(CredentialsFile.Load(path));

    /// <summary>Everything that the file's owner subscribed to, as a member of the group.</summary>
    public AlertConsumerOptions ToOptions()
    {
        var options = new AlertConsumerOptions { Connection = Connection, Topics = Topics, Group = Group };
        return Timeout is { } timeout ? options with { Timeout = timeout } : options;
    }

    /// <summary>Never the password.</summary>
    public override string ToString() => Connection.ToString();
}
