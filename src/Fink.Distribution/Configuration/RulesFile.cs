using Fink.Distribution.Configuration.Xml;
using Fink.Distribution.Configuration.Yaml;

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
    public static DistributionRules Choose(string? path, ConfFile? conf, string directory)
    {
        if (path is not null)
        {
            return Load(Path.GetFullPath(path, directory), conf);
        }

        if (conf?.DistributionRulesXml is { } xml)
        {
            return LoadXml(Path.GetFullPath(xml.Text, directory), TopicOf(conf, xml.Position));
        }

        if (conf?.DistributionTopic is { } topic)
        {
            return DistributionRules.EveryAlertTo(CheckedTopic(topic), topic.Position);
        }

        var defaultFile = Path.GetFullPath(DefaultPath, directory);
        return File.Exists(defaultFile)
            ? LoadYaml(defaultFile)
            : throw new ConfigurationException(
                $"no rules: name a file with --rules, or set DISTRIBUTION_TOPIC in a conf file (-c), or write {defaultFile}");
    }

    /// <summary>Reads distribution.yaml.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, or every mistake in it.</exception>
    public static DistributionRules LoadYaml(string path) =>
        YamlRulesReader.Read(TextFile.Read(path, "rules file"), path);

    /// <summary>Reads the original's distribution-rules.xml, whose alerts all go to <paramref name="topic"/>.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, or every mistake in it.</exception>
    public static DistributionRules LoadXml(string path, string topic) =>
        XmlRulesReader.Read(TextFile.Read(path, "rules file"), path, topic);

    private static DistributionRules Load(string path, ConfFile? conf) =>
        path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            ? LoadXml(path, TopicOf(conf, new FilePosition(path, 1)))
            : LoadYaml(path);

    private static string TopicOf(ConfFile? conf, FilePosition rules) =>
        conf?.DistributionTopic is { } topic
            ? CheckedTopic(topic)
            : throw new ConfigurationException(
                rules, "XML rules do not name their topic: set DISTRIBUTION_TOPIC in the conf file (-c)");

    private static string CheckedTopic(ConfValue topic) =>
        TopicNames.Fault(topic.Text) is { } fault
            ? throw new ConfigurationException(topic.Position, $"DISTRIBUTION_TOPIC: {fault}")
            : topic.Text;
}
