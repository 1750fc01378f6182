using System.CommandLine;
using Fink.Cli.Commands.Alerts;
using Fink.Cli.Options;
using Fink.Cli.Output;
using Fink.Kafka.Cluster;

namespace Fink.Cli.Commands.Cluster;

internal static class StartCommand
{
    public static Verb Create()
    {
        var mode = new Option<string?>("--mode")
        {
            Description = "zookeeper, kraft or embedded [default: zookeeper if KAFKA_HOME has its scripts, else kraft; embedded without KAFKA_HOME]",
            HelpName = "MODE",
        };
        mode.AcceptOnlyFromAmong([.. ClusterModeNames.All]);
        var brokers = new Option<int?>("--brokers") { Description = "How many brokers [default: 3 with ZooKeeper, else 1]", HelpName = "N" };
        brokers.RequireAtLeast(1);
        var listen = new Option<string?>("--listen") { Description = "Where clients reach the first broker; broker i is at PORT + i [default: 127.0.0.1:9093]", HelpName = "HOST:PORT" };
        var advertise = new Option<string?>("--advertise") { Description = "The name that clients connect to, where it is another; needed for 0.0.0.0", HelpName = "HOST" };
        var certificate = new Option<string?>("--tls-cert") { Description = "PEM certificate chain: clients then use SASL_SSL", HelpName = "FILE" };
        var key = new Option<string?>("--tls-key") { Description = "PEM private key of the certificate", HelpName = "FILE" };
        var authority = new Option<string?>("--tls-ca") { Description = "PEM certificate that clients shall trust", HelpName = "FILE" };
        var anonymous = new Option<bool>("--anonymous-read") { Description = "Let anybody read the alert topics without a login, and nothing else, on a plain-text listener of its own" };
        var anonymousListen = new Option<string?>("--anonymous-listen") { Description = "Where, which implies --anonymous-read; broker i is at PORT + i [default: 127.0.0.1, each broker's port + 100]", HelpName = "HOST:PORT" };

        var verb = new Verb(
            "start",
            "Start a secured Kafka cluster on this machine, and return when it is ready",
            run => RunAsync(run, new ClusterOptions
            {
                Mode = run.Get(mode) is { } name ? ClusterModeNames.Find(name) : null,
                Brokers = run.Get(brokers),
                Listen = run.Get(listen) is { } address ? HostPort.Parse(address) : null,
                Advertise = run.Get(advertise),
                TlsCertificate = run.Get(certificate),
                TlsKey = run.Get(key),
                TlsAuthority = run.Get(authority),
                AnonymousRead = run.Get(anonymous) || run.Get(anonymousListen) is not null,
                AnonymousListen = run.Get(anonymousListen) is { } open ? HostPort.Parse(open) : null,
            }),
            "start",
            "start --mode kraft --data-dir /var/lib/fink-kafka",
            "start --mode zookeeper --brokers 1 --listen 0.0.0.0:9093 --advertise kafka.example.org --tls-cert chain.pem --tls-key key.pem",
            "start --anonymous-read")
        {
            mode, brokers, listen, advertise, certificate, key, authority, anonymous, anonymousListen,
        };
        // What cron jobs of the original call; hidden, as `distribute` and `consume` are the names.
        verb.Subcommands.Add(DistributeCommand.Create("distribution", hidden: true));
        verb.Subcommands.Add(ConsumeCommand.CreateDistributionTest());
        return verb;
    }

    /// <summary>Starts the cluster of the data folder, with what the conf file says where no option does.</summary>
    public static async Task<int> RunAsync(Invocation run, ClusterOptions asked)
    {
        var settings = run.Settings;
        var hasAddress = asked.Listen is not null || asked.Brokers is not null;
        var timeout = settings.Timeout.IsDefault ? asked.ReadyTimeout : run.Cluster.Timeout;
        var options = asked with
        {
            KafkaHome = settings.KafkaHome.Value,
            OwnCommand = OwnCommand.Find(),
            EndsWithCaller = run.Surroundings.OwnsServers,
            BrokerAddresses = hasAddress ? [] : [.. Parts(settings.Brokers.Value).Select(HostPort.Parse)],
            BrokerProperties = [.. Parts(settings.BrokerProperties.Value).Select(settings.FullPath)],
            ZooKeeper = settings.ZooKeeper.Value is { } zooKeeper ? HostPort.Parse(zooKeeper) : null,
            DistributionTopic = settings.Topic.Value,
            TlsCertificate = FullPath(run, asked.TlsCertificate),
            TlsKey = FullPath(run, asked.TlsKey),
            TlsAuthority = FullPath(run, asked.TlsAuthority),
            ReadyTimeout = timeout,
        };
        var outcome = await run.Cluster.Local.StartAsync(options, new StepReport(run), run.Cancellation);
        foreach (var note in outcome.Notes)
        {
            run.Note(note);
        }

        if (outcome.AlreadyRunning)
        {
            run.Note("the cluster runs already, so nothing was done");
        }

        if (run.Renderer.Format == OutputFormat.Table)
        {
            await run.Terminal.Out.WriteLineAsync("Kafka Server started successfully");
        }

        run.Renderer.Write(ClusterResult.Of(outcome.Cluster));
        return ExitCode.Done;
    }

    private static string[] Parts(string? list) =>
        list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string? FullPath(Invocation run, string? path) => path is null ? null : run.Settings.FullPath(path);
}
