namespace Fink.ScienceDb.Simulation;

/// <summary>A survey whose alerts can be made up.</summary>
public enum Survey
{
    /// <summary>Zwicky Transient Facility: gzipped FITS cutouts in structs, about 50 kB an alert.</summary>
    Ztf,

    /// <summary>Vera C. Rubin Observatory: plain FITS cutouts, about 110 kB an alert.</summary>
    Rubin,
}

/// <summary>A synthetic night to write. Equal options give equal rows.</summary>
public sealed record SimulationOptions
{
    public required long Alerts { get; init; }

    /// <summary>Parquet files to spread the alerts over, in order; at most one an alert.</summary>
    public int Files { get; init; } = 1;

    public Survey Survey { get; init; } = Survey.Ztf;

    /// <summary>The folder to write to; made when it is not there.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Whether to write into a folder that holds Parquet files, over those with the same names.</summary>
    public bool Overwrite { get; init; }
}
