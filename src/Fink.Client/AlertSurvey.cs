using Fink.Client.Plans;

namespace Fink.Client;

/// <summary>Whose alerts they are, by the shape of the record.</summary>
public enum AlertSurvey
{
    Unknown,

    /// <summary>The Zwicky Transient Facility: the record `candidate`.</summary>
    Ztf,

    /// <summary>The Vera C. Rubin Observatory's LSST: the record `diaSource`, or the column `diaSourceId`.</summary>
    Rubin,
}

internal static class AlertSurveys
{
    public static AlertSurvey Of(RecordNode root) => root.TryFind("candidate", out _) ? AlertSurvey.Ztf
        : root.TryFind("diaSource", out _) || root.TryFind("diaSourceId", out _) ? AlertSurvey.Rubin
        : AlertSurvey.Unknown;
}
