using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Kafka.Cluster;
using Fink.Kafka.Cluster.Embedded;

namespace Fink.Cli.Commands.Broker;

/// <summary>The embedded broker in the foreground: what <c>start</c> puts in the background, and containers and systemd run.</summary>
internal static class RunBrokerCommand
{
    private const string WhatItIs =
        "one node without replication, for development, tests and single machines; beyond one machine use Apache Kafka, with the same commands";

    public static Verb Create()
    {
        var listen = new Option<string[]>("--listen")
        {
            Description = "Where clients connect: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL, joined by commas [default: SASL_PLAINTEXT://127.0.0.1:9093, with a certificate SASL_SSL]",
            HelpName = "PROTOCOL://HOST:PORT",
        };
        var advertise = new Option<string?>("--advertise") { Description = "The name that clients connect to, where it is another [default for 0.0.0.0: this machine's name]", HelpName = "HOST" };
        var certificate = new Option<string?>("--tls-cert") { Description = "PEM certificate chain for SSL and SASL_SSL", HelpName = "FILE" };
        var key = new Option<string?>("--tls-key") { Description = "PEM private key of the certificate", HelpName = "FILE" };
        var authority = new Option<string?>("--tls-ca") { Description = "PEM certificate that clients shall trust", HelpName = "FILE" };
        var config = new Option<string?>("--config") { Description = "Broker properties in Kafka's own names", HelpName = "FILE.properties" };
        var overrides = new Option<string[]>("--override") { Description = "One property more; it wins over the file", HelpName = "KEY=VALUE" };
        var supervised = new Option<bool>("--supervised") { Hidden = true };
        var firstUsers = new Option<string?>("--first-users") { Hidden = true };
        var endWith = new Option<int?>("--end-with") { Hidden = true };
        return new Verb(
            "run",
            $"Run the embedded broker in the foreground, until Ctrl-C or SIGTERM: {WhatItIs}",
            run => RunAsync(run, new BrokerRunOptions
            {
                Listeners = Listeners(run.Get(listen) ?? []),
                Advertise = run.Get(advertise),
                TlsCertificate = run.Get(certificate),
                TlsKey = run.Get(key),
                TlsAuthority = run.Get(authority),
                PropertiesFile = run.Get(config),
                Overrides = OptionChecks.ReadPairs("--override", run.Get(overrides)),
                IsSupervised = run.Get(supervised),
                FirstUsersFile = run.Get(firstUsers),
                EndsWith = run.Get(endWith),
            }),
            "broker run",
            "broker run --listen SASL_PLAINTEXT://0.0.0.0:9093 --advertise kafka.example.org --data-dir /var/lib/fink-kafka",
            "broker run --config broker.properties --override log.retention.ms=-1 --override fink.replication.factor.clamp=true")
        {
            listen, advertise, certificate, key, authority, config, overrides, supervised, firstUsers, endWith,
        };
    }

    /// <exception cref="UsageException">One is empty, as a variable that was not set: it must not open the default.</exception>
    private static string[] Listeners(string[] lists) => lists.Any(string.IsNullOrWhiteSpace)
        ? throw new UsageException("--listen is empty: give PROTOCOL://HOST:PORT")
        : [.. lists.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static async Task<int> RunAsync(Invocation run, BrokerRunOptions asked)
    {
        run.IsServer();
        using var loggers = new LineLoggers(run.Terminal.Error, run.Time);
        var options = asked with
        {
            TlsCertificate = FullPath(run, asked.TlsCertificate),
            TlsKey = FullPath(run, asked.TlsKey),
            TlsAuthority = FullPath(run, asked.TlsAuthority),
            PropertiesFile = FullPath(run, asked.PropertiesFile),
            DistributionTopic = asked.IsSupervised ? null : run.Settings.Topic.Value,
            Loggers = loggers,
        };
        await run.Cluster.Local.RunBrokerAsync(options, new Introduction(run), run.Cancellation);
        return ExitCode.Done;
    }

    private static string? FullPath(Invocation run, string? path) => path is null ? null : run.Settings.FullPath(path);

    /// <summary>What runs here, before the first step: a broker that could not start had none, and the error is all that it says.</summary>
    private sealed class Introduction(Invocation run) : IProgress<string>
    {
        private bool _isSaid;

        public void Report(string value)
        {
            if (!_isSaid)
            {
                run.Note($"fink-kafka {CommandTree.VersionText}, embedded broker: {WhatItIs}");
                _isSaid = true;
            }

            run.Note(value);
        }
    }
}
