namespace Fink.Distribution.Configuration.Xml;

internal static class XmlRulesReader
{
    public static DistributionRules Read(string text, string file, string topic) => throw new NotImplementedException();
}
