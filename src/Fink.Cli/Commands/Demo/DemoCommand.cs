using System.CommandLine;
using Fink.Cli.Options;

namespace Fink.Cli.Commands.Demo;

internal static class DemoCommand
{
    private const long DefaultAlerts = 1000;

    public static Verb Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Leave the cluster running and the files in place, and say how to go on" };
        var alerts = new Option<long?>("--alerts") { Description = $"How many alerts the night has [default: {DefaultAlerts}]", HelpName = "N" };
        // So few may hold none for a topic, which would check nothing.
        alerts.RequireAtLeast(100);
        return new Verb(
            "demo",
            "Show all of it in a minute: a cluster, a night of alerts, users, rights, counts checked; leaves nothing behind",
            run => new DemoRun(run, DemoTopic.All, run.Get(alerts) ?? DefaultAlerts, run.Get(keep)).RunAsync(),
            "demo",
            "demo --keep",
            "demo --alerts 5000 -o json")
        {
            keep, alerts,
        };
    }
}
