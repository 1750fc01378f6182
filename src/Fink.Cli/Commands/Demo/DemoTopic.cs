namespace Fink.Cli.Commands.Demo;

/// <summary>A topic of the demo.</summary>
/// <param name="Rule">Which alerts it gets, as the rules file says it.</param>
/// <param name="Count">The same asked of the night's files in DuckDB's own SQL, so that a fault in how rules are read shows.</param>
internal sealed record DemoTopic(string Name, string About, string Rule, string Count)
{
    /// <summary>The one that the demo's user reads.</summary>
    public const string OfAna = "fink_rrlyr_ztf";

    public static IReadOnlyList<DemoTopic> All { get; } =
    [
        new(OfAna, "RR Lyrae stars, which pulsate within a day", "cdsxmatch = 'RRLyrae'", "cdsxmatch = 'RRLyrae'"),
        new("fink_bright_ztf", "what small telescopes can follow", "candidate.magpsf < 17", "struct_extract(candidate, 'magpsf') < 17.0"),
        new("fink_sso_ztf", "known asteroids", "roid = 3", "roid > 2 AND roid < 4"),
        new("fink_sn_ztf", "supernova candidates", "snn_snia_vs_nonia > 0.5 AND cdsxmatch IN ('Unknown', 'Galaxy', 'Supernova')", "snn_snia_vs_nonia > 0.5 AND (cdsxmatch = 'Unknown' OR cdsxmatch = 'Galaxy' OR cdsxmatch = 'Supernova')"),
    ];
}
