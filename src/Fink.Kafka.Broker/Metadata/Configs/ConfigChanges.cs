using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Metadata.Configs;

/// <summary>Changes what topics and brokers have set, and lets the logs know.</summary>
internal sealed class ConfigChanges(MetadataStore metadata, LogConfiguration logs, LiveConfigs configs)
{
    /// <summary>None, or why not.</summary>
    public Refusal? Edit(ConfigResource resource, IReadOnlyList<ConfigEdit> edits, bool onlyValidate) =>
        Make(resource, image => ConfigAlteration.Edit(image, configs.NodeId, resource, edits), onlyValidate);

    /// <summary>None, or why not.</summary>
    public Refusal? Replace(ConfigResource resource, IReadOnlyList<KeyValuePair<string, string?>> all, bool onlyValidate) =>
        Make(resource, image => ConfigAlteration.Replace(image, configs.NodeId, resource, all), onlyValidate);

    private Refusal? Make(ConfigResource resource, Func<MetadataImage, ConfigAnswer> decide, bool onlyValidate)
    {
        if (onlyValidate) return decide(metadata.Image).Refusal;

        try
        {
            var refusal = metadata.Update(image =>
            {
                var (change, why) = decide(image);
                return (change is null ? [] : (IReadOnlyList<MetadataChange>)[change], why);
            });
            if (refusal is not null) return refusal;
        }
        catch (IOException e)
        {
            return new Refusal(ErrorCode.KafkaStorageError, $"The broker's disk refused: {e.Message}");
        }

        logs.Apply(resource);
        return null;
    }
}
