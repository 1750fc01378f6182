namespace Fink.ScienceDb.Simulation;

/// <summary>The three images of an alert, as a survey packs them.</summary>
internal readonly record struct Stamps(byte[] Science, byte[] Template, byte[] Difference);
