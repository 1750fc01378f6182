namespace Fink.Client;

/// <summary>What became of the messages that were read.</summary>
/// <param name="Alerts">Handed on.</param>
/// <param name="Bad">No alert, and skipped.</param>
/// <param name="Duplicates">Left out: the alert was among the last ones of its topic.</param>
public readonly record struct AlertCounts(long Alerts, long Bad, long Duplicates);
