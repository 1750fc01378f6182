using System.Security.Cryptography;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata;

/// <summary>
/// The one owner of the metadata. Readers take <see cref="Image"/>; changes are made one after the other, each on disk before
/// anybody sees it.
/// </summary>
internal sealed class MetadataStore : ICredentials
{
    private const int DecoySecretBytes = 32;
    private const long GrowthBeforeSnapshot = 4 * 1024 * 1024;

    private readonly IJournal _journal;
    private readonly Lock _writing = new();
    private readonly PayloadWriter _payload = new();
    private volatile MetadataImage _image;
    private long _written;
    private long _alive;

    private MetadataStore(IJournal journal, MetadataImage image, long written)
    {
        _journal = journal;
        _image = image;
        _written = written;
    }

    public MetadataImage Image => _image;

    /// <summary>What the journal holds, replayed.</summary>
    /// <param name="atFirst">What a journal without any entry begins with: all of it, durably, or, if this fails, nothing.</param>
    /// <exception cref="InvalidDataException">A newer broker wrote the journal, or its changes do not follow from each other.</exception>
    public static MetadataStore Open(IJournal journal, params IEnumerable<MetadataChange> atFirst)
    {
        var evolution = new MetadataEvolution(MetadataImage.Empty);
        var written = 0L;
        journal.Replay((type, version, payload) =>
        {
            written += payload.Length;
            foreach (var change in MetadataRecords.Read(type, version, payload)) Replay(evolution, change);
        });

        var store = new MetadataStore(journal, evolution.Image, written);
        if (store.Image.DecoySecret.IsEmpty)
        {
            var secret = new MetadataChange.DecoySecretMade([.. RandomNumberGenerator.GetBytes(DecoySecretBytes)]);
            store.Update<bool>(_ => ([secret, .. atFirst], true));
        }

        return store;
    }

    /// <summary>
    /// Decides on the image of the moment and makes what was decided: on disk, then visible, when it returns. Blocks while others
    /// write.
    /// </summary>
    /// <param name="decide">Gives the changes, none if there is nothing to do, and what to answer.</param>
    /// <exception cref="IOException">
    /// Nothing is changed that anyone sees. After a failed flush the changes may yet be found at the next start, and none is made before it.
    /// </exception>
    public T Update<T>(Func<MetadataImage, (IReadOnlyList<MetadataChange> Changes, T Answer)> decide)
    {
        lock (_writing)
        {
            var (changes, answer) = decide(_image);
            if (changes.Count == 0) return answer;

            var evolution = new MetadataEvolution(_image);
            foreach (var change in changes) evolution.Apply(change);
            if (_written > Math.Max(GrowthBeforeSnapshot, 2 * _alive)) Snapshot();
            _payload.Reset();
            MetadataRecords.Write(_payload, changes);
            _journal.Append(MetadataRecords.Changes, MetadataRecords.Version, _payload.Written, durable: true);
            _written += _payload.Written.Length;
            _image = evolution.Image;
            return answer;
        }
    }

    public ScramCredential? Find(string user, ScramMechanism mechanism) => _image.Credential(user, mechanism);

    private static void Replay(MetadataEvolution evolution, MetadataChange change)
    {
        try
        {
            evolution.Apply(change);
        }
        catch (KeyNotFoundException e)
        {
            throw new InvalidDataException($"The metadata journal has {change.GetType().Name} for a topic that it never made.", e);
        }
    }

    private void Snapshot()
    {
        var size = 0L;
        try
        {
            _journal.Snapshot(_journal.Length, append =>
            {
                foreach (var change in _image.ToChanges())
                {
                    _payload.Reset();
                    MetadataRecords.Write(_payload, [change]);
                    append(MetadataRecords.Changes, MetadataRecords.Version, _payload.Written);
                    size += _payload.Written.Length;
                }
            });
            _alive = size;
        }
        catch (IOException)
        {
            // A full disk must not stop the very change that makes room, such as a topic's deletion. The journal is as it was, or
            // refuses what comes next with the reason; the next attempt comes after as much growth again.
        }

        _written = _alive;
    }
}
