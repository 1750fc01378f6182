namespace Fink.Viewer.Facts;

/// <summary>One thing that is known of an alert, in words; from the network, so that the value may be any text.</summary>
/// <param name="Name">Ours: `Observed`, `Position`, …</param>
public readonly record struct Fact(string Name, string Value);
