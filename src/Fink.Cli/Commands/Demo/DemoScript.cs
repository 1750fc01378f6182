namespace Fink.Cli.Commands.Demo;

/// <summary>
/// The demo's steps and their words. The commands are run in the demo's folder, without the tool's name; each of them can
/// be run again there, and does no harm.
/// </summary>
internal static class DemoScript
{
    public const string User = "ana";
    public const string Stranger = "ben";
    public const string Cluster = "--data-dir cluster";

    public static DemoStep Start(int port) => new(
        "Start a Kafka cluster",
        "Kafka is a server (a \"broker\") that keeps messages in named topics, for whoever may read them. This one is built in and listens on "
            + $"this machine only. Whoever comes must log in, and may do nothing but what a rule (an \"ACL\") allows.",
        $"start --mode embedded --listen 127.0.0.1:{port} {Cluster}");

    public static DemoStep Simulate(long alerts) => new(
        "Make up a night of alerts",
        $"An alert says that a telescope saw something change: what, where, how bright, with three small images. Here are {alerts} made-up ones "
            + "in the shape of the survey ZTF, in four Parquet files, as a broker such as Fink leaves them.",
        $"simulate --alerts {alerts} --files 4 --out night --overwrite");

    public static DemoStep Topics(IReadOnlyList<DemoTopic> topics) => new(
        "Create topics",
        $"Each topic is for one kind of alert: {string.Join("; ", topics.Select(topic => $"{topic.Name} ({topic.About})"))}.",
        $"topic create {string.Join(' ', topics.Select(topic => topic.Name))} --partitions 1 --if-not-exists {Cluster}");

    public static DemoStep Users() => new(
        "Add two users",
        $"{User} and {Stranger} get a password each, made up for this demo: it is in NAME.password, and with the user's name in NAME.properties, which is how Kafka's clients want it.",
        $"user add {User} --password-file {User}.password {Cluster}",
        $"user add {Stranger} --password-file {Stranger}.password {Cluster}");

    public static DemoStep Rights() => new(
        $"Let {User} read a topic",
        $"{User} may read {DemoTopic.OfAna}, and remember how far in a group called {User}_group. {Stranger} is given nothing.",
        $"acl add --user {User} --consumer --group {User}_group --topic {DemoTopic.OfAna} {Cluster}");

    public static DemoStep Distribute() => new(
        "Distribute the night",
        "One pass over the files: each alert goes, as one Avro message, into every topic whose rule in rules.yaml it matches. Kafka remembers how far it "
            + "came, so the same command again would find nothing to do.",
        $"distribute --source night --rules rules.yaml {Cluster}");

    public static DemoStep Consume() => new(
        $"Read as {User}",
        $"{User} logs in and reads the first five alerts of {DemoTopic.OfAna}.",
        $"consume {DemoTopic.OfAna} --limit 5 --command-config {User}.properties {Cluster}");

    public static DemoStep Refused() => new(
        $"Try to read as {Stranger}",
        $"{Stranger} logs in too, but no ACL lets {Stranger} read: Kafka must refuse, and the command must fail with exit code {Cli.ExitCode.Refused}.",
        $"consume {DemoTopic.OfAna} --limit 5 --command-config {Stranger}.properties {Cluster}")
    {
        ExitCode = Cli.ExitCode.Refused,
    };

    /// <summary>The check reads the topics itself: its command is only what one would type.</summary>
    public static DemoStep Check() => new(
        "Check every count",
        "Every topic is read to its end and compared, alert by alert, with what a plain query finds in the night's files. One topic by hand:",
        $"consume {DemoTopic.OfAna} --until-end -o tsv --command-config {User}.properties {Cluster}");

    public static DemoStep Curve(long offset) => new(
        "Look at one alert",
        "An alert brings what was seen of the object before. Each mark is one look at it: the higher, the brighter.",
        $"consume {DemoTopic.OfAna} --from {offset} --limit 1 -o curve --command-config {User}.properties {Cluster}");
}
