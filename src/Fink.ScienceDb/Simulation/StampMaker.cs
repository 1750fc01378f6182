namespace Fink.ScienceDb.Simulation;

/// <summary>Makes the images of an alert from its number. Safe for several threads.</summary>
internal abstract class StampMaker
{
    public static StampMaker For(Survey survey) => survey == Survey.Ztf ? new ZtfStampMaker() : new RubinStampMaker();

    public abstract Stamps Make(long alert);
}
