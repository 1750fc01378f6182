using Fink.Client;

namespace Fink.Viewer.Facts;

/// <summary>Which fields of an alert are worth a line, in the order of reading.</summary>
internal static class SurveyFields
{
    private static readonly SurveyField[] Ztf =
    [
        new("SIMBAD type", "cdsxmatch"),
        new("TNS type", "tns"),
        new("VSX type", "vsx"),
        new("GCVS type", "gcvs"),
        new("Gaia DR3 source", "DR3Name"),
        new("Parallax", "Plx", " mas") { CanBeNegative = true },
        new("Supernova Ia, random forest", "rf_snia_vs_nonia"),
        new("Supernova Ia, SuperNNova", "snn_snia_vs_nonia"),
        new("Supernova, SuperNNova", "snn_sn_vs_all"),
        new("Kilonova, random forest", "rf_kn_vs_nonkn"),
        new("Anomaly score", "anomaly_score") { CanBeNegative = true },
        new("Real (1) or bogus (0)", "candidate.drb"),
        new("Detections so far", "candidate.ndethist"),
        new("Limiting magnitude", "candidate.diffmaglim"),
        new("Seeing (FWHM)", "candidate.fwhm", " pixels"),
        new("Nearest Solar System object", "candidate.ssnamenr"),
        new("Distance to it", "candidate.ssdistnr", " arcsec"),
        new("Nearest PS1 source", "candidate.distpsnr1", " arcsec"),
        new("Is it a star (1) or a galaxy (0)", "candidate.sgscore1"),
        new("Fink broker version", "fink_broker_version"),
        new("Fink science version", "fink_science_version"),
    ];

    private static readonly SurveyField[] Rubin =
    [
        new("Cross-match", "pred.main_label_crossmatch"),
        new("SIMBAD type", "xm.simbad_otype"),
        new("TNS type", "xm.tns_type"),
        new("Gaia DR3 source", "xm.gaiadr3_DR3Name"),
        new("Solar System object", "pred.is_sso"),
        new("Designation", "mpc_orbits.designation"),
        new("Supernova, SuperNNova", "clf.snnSnVsOthers_score"),
        new("Early supernova Ia", "clf.earlySNIa_score"),
        new("Flux", "diaSource.psfFlux", " nJy") { CanBeNegative = true },
        new("Error of the flux", "diaSource.psfFluxErr", " nJy"),
        new("Signal to noise", "diaSource.snr") { CanBeNegative = true },
        new("Fainter than the template", "diaSource.isNegative"),
        new("Reliability", "diaSource.reliability"),
        new("Detections so far", "diaObject.nDiaSources"),
        new("Visit", "diaSource.visit"),
        new("Detector", "diaSource.detector"),
        new("Target", "target_name"),
        new("Fink broker version", "fink_broker_version"),
        new("Fink science version", "fink_science_version"),
    ];

    public static IReadOnlyList<SurveyField> Of(AlertSurvey survey) => survey switch
    {
        AlertSurvey.Ztf => Ztf,
        AlertSurvey.Rubin => Rubin,
        _ => [],
    };
}
