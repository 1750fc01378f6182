namespace Fink.ScienceDb.Tests.Oracles;

/// <summary>Fink's own filters as rules, written from ../shared/reference/fink-filters.md.</summary>
internal static class FinkFilters
{
    private const string Host = """
        ('Unknown', 'Fail', 'Fail 504', 'Transient', 'SN', 'Candidate_SN*', 'SN*_Candidate', 'galaxy', 'Galaxy', 'EmG', 'Seyfert',
        'Seyfert_1', 'Seyfert_2', 'BlueCompG', 'StarburstG', 'LSB_G', 'HII_G', 'High_z_G', 'GinPair', 'GinGroup', 'BClG', 'GinCl',
        'PartofG', 'Compact_Gr_G', 'IG', 'PairG', 'GroupG', 'ClG', 'SuperClG', 'Void', 'LINER', 'Possible_ClG', 'Possible_SClG',
        'GravLens_Candidate')
        """;

    private const string Age = "(candidate.jd - candidate.jdstarthist)";
    private const string NotAsteroid = "roid IS DISTINCT FROM 3";

    private static readonly string Good = $"{Above("candidate.drb", "0.5")} AND {Above("candidate.classtar", "0.4")}";
    private static readonly string Snn = $"({Above("snn_snia_vs_nonia", "0.5")} OR {Above("snn_sn_vs_all", "0.5")})";
    private static readonly string InHost = $"cdsxmatch IN {Host}";

    private static readonly string EarlySn =
        $"{Snn} AND {Above("rf_snia_vs_nonia", "0.5")} AND candidate.ndethist <= 20 AND {Good} AND {InHost}";

    private static readonly string Sn =
        $"{Snn} AND {InHost} AND {Age} <= 90 AND {Good} AND candidate.ndethist > 1 AND {NotAsteroid}";

    private static readonly string Kn =
        $"{Above("rf_kn_vs_nonkn", "0.5")} AND {Good} AND {Age} < 5 AND candidate.ndethist < 20 AND {NotAsteroid} AND {InHost}";

    private static readonly string Unlisted =
        "coalesce(cdsxmatch IN ('Unknown', 'Transient') OR starts_with(cdsxmatch, 'Fail') OR starts_with(cdsxmatch, 'Galaxy'), false)";

    public static IReadOnlyDictionary<string, string> Ztf { get; } = new Dictionary<string, string>
    {
        ["blazar"] = "cdsxmatch IN ('Blazar', 'Blazar_Candidate', 'BLLac', 'BLLac_Candidate')",
        ["early_sn_candidates"] = EarlySn,
        ["first_pass_candidates"] = "roid = 1",
        ["kn_candidates"] = Kn,
        ["microlensing_candidates"] = Above("mulens", "0"),
        ["simbad_grav_candidates"] = "cdsxmatch IN ('Gravitation', 'LensingEv', 'GravLensSystem', 'GravLens', 'LensedImage', 'LensedG', "
            + "'LensedQ', 'BlackHole', 'GravWaveEvent')",
        ["sn_candidates"] = Sn,
        ["sso_fink_candidates"] = "roid = 2",
        ["sso_ztf_candidates"] = "roid = 3",
        ["tns_match"] = $"tns IS DISTINCT FROM '' AND {Age} <= 30",
        ["unknowns"] = $"{Unlisted} AND {Never(Above("mulens", "0"))} AND {Never(Sn)} AND {Never(EarlySn)} AND {Never(Kn)} AND {Never("roid IN (2, 3)")}",
        ["vra"] = $"cdsxmatch = 'Unknown' AND {NotAsteroid} AND {Above("candidate.magpsf", "19.5")} AND {Above("candidate.drb", "0.5")}",
        ["yso_candidates"] = "cdsxmatch IN ('Candidate_YSO', 'Candidate_TTau*', 'YSO_Candidate', 'TTau*_Candidate')",
    };

    private const string Flags = "isDipole pixelFlags pixelFlags_bad pixelFlags_saturated pixelFlags_streakCenter pixelFlags_interpolated "
        + "pixelFlags_cr pixelFlags_nodata pixelFlags_streak pixelFlags_edge psfFlux_flag apFlux_flag forced_PsfFlux_flag "
        + "forced_PsfFlux_flag_edge shape_flag centroid_flag";

    private static readonly string Quality =
        string.Join(" AND ", Flags.Split(' ').Select(flag => $"diaSource.{flag} IS NOT TRUE"))
        + " AND coalesce(NOT (diaSource.psfFlux < 0), true) AND coalesce(NOT (diaSource.psfFlux / diaSource.psfFluxErr < 6), true)";

    private const string Unknown = "(xm.simbad_otype IS NULL OR xm.simbad_otype IN ('Unknown', 'Fail', 'Fail 504'))";

    /// <summary>A logarithm raises on zero and below: guarded by CASE, not by AND.</summary>
    private const string Magnitude =
        "CASE WHEN diaSource.psfFlux > 0 AND isfinite(diaSource.psfFlux) THEN 31.4 - 2.5 * log10(diaSource.psfFlux) END";

    private static readonly string Rising = "CASE diaSource.band "
        + string.Concat("ugrizy".Select(band =>
            $"WHEN '{band}' THEN {Above($"(diaSource.psfFlux - diaObject.{band}_psfFluxMean)", $"diaObject.{band}_psfFluxMeanErr")} "))
        + "END";

    public static IReadOnlyDictionary<string, string> Rubin { get; } = new Dictionary<string, string>
    {
        ["hostless_candidate"] = $"{Quality} AND clf.elephant_kstest_template < 0.95 AND {FromGalacticPlane(20)} AND {Magnitude} <= 21.5",
        ["in_simbad"] = $"NOT {Unknown}",
        ["in_tns"] = "xm.tns_fullname IS NOT NULL",
        ["is_solar_system"] = "pred.is_sso",
        ["remove_unlikely_transients"] = "pred.is_sso IS NOT TRUE AND diaSource.snr > 10 AND NOT isnan(diaSource.snr) "
            + $"AND diaObject.nDiaSources >= 2 AND NOT ({Quality} AND diaSource.isNegative IS NOT TRUE)",
        ["uniform_sample"] = "diaSourceId % 113 = 0",
        ["b_outside_galactic_plane_20_deg"] = FromGalacticPlane(20),
        ["b_outside_galactic_plane_5_deg"] = FromGalacticPlane(5),
        ["b_xmatched_simbad_galaxy"] = $"xm.simbad_otype IN {Host}",
        ["b_xmatched_simbad_unknown"] = Unknown,
        ["b_xmatched_mangrove"] = "xm.mangrove_lum_dist > 0 AND NOT isnan(xm.mangrove_lum_dist)",
        ["b_is_rising"] = Rising,
        ["b_good_quality"] = Quality,
    };

    /// <summary>NaN is above every number in DuckDB and above none in Python; ZTF's filters compare as float64.</summary>
    private static string Above(string value, string limit) => $"({value}::DOUBLE > {limit} AND NOT isnan({value}::DOUBLE))";

    private static string Never(string condition) => $"({condition}) IS NOT TRUE";

    private static string FromGalacticPlane(int degrees) =>
        "abs(sin(radians(diaSource.dec)) * sin(radians(27.12825)) + cos(radians(diaSource.dec)) * cos(radians(27.12825)) "
        + $"* cos(radians(diaSource.ra - 192.85948))) > sin(radians({degrees}))";
}
