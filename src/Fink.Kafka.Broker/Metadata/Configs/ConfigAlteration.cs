using System.Collections.Immutable;
using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata.Configs;

/// <summary>Decides what topics and brokers have set.</summary>
internal static class ConfigAlteration
{
    /// <summary>Other values for some configurations; the rest stays.</summary>
    public static ConfigAnswer Edit(MetadataImage image, int nodeId, ConfigResource resource, IReadOnlyList<ConfigEdit> edits)
    {
        if (Refuse(image, nodeId, resource) is { } refusal) return refusal;

        if (edits.DistinctBy(edit => edit.Name).Count() < edits.Count)
        {
            return new Refusal(ErrorCode.InvalidRequest, "A configuration is named more than once.");
        }

        var set = ConfigResources.SetFor(image, resource);
        foreach (var edit in edits)
        {
            if (edit.Operation == AlterConfigOperation.Delete)
            {
                set = set.Remove(edit.Name);
                continue;
            }

            if (edit.Value is not { } value) return WithoutValue(edit.Name);
            switch (edit.Operation)
            {
                case AlterConfigOperation.Set:
                    set = set.SetItem(edit.Name, value);
                    break;
                case AlterConfigOperation.Append or AlterConfigOperation.Subtract:
                    if (DefinitionOf(resource.Type, edit.Name) is not { Type: ConfigType.List } list)
                    {
                        return new Refusal(
                            ErrorCode.InvalidConfig, $"{edit.Operation} is for lists only, and {edit.Name} is none.");
                    }

                    set = set.SetItem(edit.Name, Edited(set.GetValueOrDefault(edit.Name) ?? list.Default ?? "", edit.Operation, value));
                    break;
                default:
                    return new Refusal(ErrorCode.InvalidRequest, $"There is no operation {(sbyte)edit.Operation} on {edit.Name}.");
            }
        }

        return Decide(image, resource, set);
    }

    /// <summary>All that is set from now on; what is not named is unset.</summary>
    public static ConfigAnswer Replace(
        MetadataImage image, int nodeId, ConfigResource resource, IReadOnlyList<KeyValuePair<string, string?>> configs)
    {
        if (Refuse(image, nodeId, resource) is { } refusal) return refusal;

        var set = ImmutableDictionary<string, string>.Empty;
        foreach (var (name, value) in configs)
        {
            if (value is null) return WithoutValue(name);
            set = set.SetItem(name, value);
        }

        return Decide(image, resource, set);
    }

    // Here, Kafka takes a topic without a name for "all topics", and not for one with a bad name.
    private static Refusal? Refuse(MetadataImage image, int nodeId, ConfigResource resource) =>
        resource is { Type: ConfigResourceType.Topic, Name: "" }
            ? new Refusal(ErrorCode.InvalidRequest, "The topic must be named: there are no configurations of all topics.")
            : ConfigResources.Refuse(image, nodeId, resource);

    private static ConfigAnswer Decide(MetadataImage image, ConfigResource resource, ImmutableDictionary<string, string> set)
    {
        if (resource.Type == ConfigResourceType.Broker)
        {
            return BrokerConfigRules.Refuse(set) is { } refusal
                ? refusal
                : new MetadataChange.BrokerConfigsSet(resource.Name, BrokerConfigRules.Canonical(set));
        }

        return TopicConfigRules.Complaint(set) is { } complaint
            ? new Refusal(ErrorCode.InvalidConfig, complaint)
            : new MetadataChange.TopicConfigsSet(image.Topics[resource.Name].Id, TopicConfigRules.Canonical(set));
    }

    private static string Edited(string list, AlterConfigOperation operation, string items)
    {
        var edited = ConfigDefinition.Items(list).ToList();
        foreach (var item in ConfigDefinition.Items(items))
        {
            if (operation == AlterConfigOperation.Subtract) edited.Remove(item);
            else if (!edited.Contains(item)) edited.Add(item);
        }

        return string.Join(',', edited);
    }

    private static ConfigDefinition? DefinitionOf(ConfigResourceType type, string name) =>
        type == ConfigResourceType.Topic ? TopicConfigs.Find(name)?.Definition : BrokerConfigCatalog.Find(name)?.Definition;

    private static Refusal WithoutValue(string name) => new(ErrorCode.InvalidRequest, $"No value is given for {name}.");
}
