using System.Text.RegularExpressions;
using Fink.Cli.Options;
using Fink.Cli.Output;

namespace Fink.Cli.Commands.Config;

internal static partial class ShowConfigCommand
{
    private const string Mask = "***";

    public static Verb Create() => new(
        "show",
        "Show each value that commands go by, and where it came from; secrets are masked",
        run =>
        {
            run.Renderer.Write(ListResult.Of(
                Rows(run),
                "nothing",
                new Column<Setting>("Name", "name", setting => setting.Name),
                new Column<Setting>("Value", "value", setting => setting.Value is null ? null : Masked(setting.Name, setting.Value)),
                new Column<Setting>("Origin", "origin", setting => setting.Origin)));
            return Task.FromResult(ExitCode.Done);
        },
        "config show",
        "config show -c conf/fink.conf.distribution -o json");

    private static List<Setting> Rows(Invocation run) =>
    [
        .. run.Settings.All,
        .. (run.Settings.File?.All() ?? []).Select(value => new Setting(value.Name, value.Text, value.Position.ToString())),
    ];

    private static string Masked(string name, string value) =>
        SecretName().IsMatch(name) ? Mask : SecretInside().Replace(value, match => match.Groups[1].Value + Mask);

    [GeneratedRegex("password|passwd|secret|token|credential", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    /// <summary>A password within a longer value, as in a JAAS line or an address.</summary>
    [GeneratedRegex("((?:password|secret|token)\\s*=\\s*)(\"[^\"]*\"|'[^']*'|[^\\s;,]+)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretInside();
}
