namespace Fink.Distribution.Configuration;

/// <summary>Finds and reads the rules of a run.</summary>
public static class RulesFile
{
    public const string DefaultPath = "conf/distribution.yaml";

    /// <summary>
    /// The rules that apply: the file given, else the conf file's DISTRIBUTION_RULES_XML and DISTRIBUTION_TOPIC (the
    /// topic alone takes every alert), else <see cref="DefaultPath"/> in <paramref name="directory"/>.
    /// </summary>
    /// <param name="path">The file that the user named (YAML, or XML by its .xml), or null.</param>
    /// <exception cref="ConfigurationException">No rules, an unreadable file, or every mistake in it.</exception>
    public static DistributionRules Choose(string? path, ConfFile? conf, string directory) =>
        throw new NotImplementedException();

    /// <summary>Reads distribution.yaml.</summary>
    /// <exception cref="ConfigurationException">The file is not there, or every mistake in it.</exception>
    public static DistributionRules LoadYaml(string path) => throw new NotImplementedException();

    /// <summary>Reads the original's distribution-rules.xml, whose alerts all go to <paramref name="topic"/>.</summary>
    /// <exception cref="ConfigurationException">The file is not there, or every mistake in it.</exception>
    public static DistributionRules LoadXml(string path, string topic) => throw new NotImplementedException();
}
