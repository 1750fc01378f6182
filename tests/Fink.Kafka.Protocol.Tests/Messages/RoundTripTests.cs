using FsCheck.Xunit;

namespace Fink.Kafka.Protocol.Tests.Messages;

public sealed class RoundTripTests
{
    [Property(MaxTest = 25)]
    public void What_was_written_is_read_and_written_again_equal(int seed)
    {
        var random = new Random(seed);
        foreach (var (type, version) in MessageType.Everything)
        {
            var written = type.Write(Filled(type, version, random), version);
            var again = type.Write(type.Read(written, version), version);

            Assert.True(written.AsSpan().SequenceEqual(again), $"{type} v{version}, seed {seed}");
        }
    }

    [Property(MaxTest = 10)]
    public void The_sizer_counts_what_the_writer_writes(int seed)
    {
        var random = new Random(seed);
        foreach (var (type, version) in MessageType.Everything)
        {
            var message = Filled(type, version, random);

            Assert.True(type.Write(message, version).Length == type.Size(message, version), $"{type} v{version}, seed {seed}");
        }
    }

    [Property(MaxTest = 5)]
    public void Every_message_can_be_printed(int seed)
    {
        var random = new Random(seed);
        foreach (var (type, version) in MessageType.Everything)
        {
            var printer = new Fink.Kafka.Protocol.Encoding.FieldPrinter(version);
            Filled(type, version, random).VisitFields(ref printer);

            var text = printer.ToString();
            Assert.Equal(text.Count(letter => letter == '{'), text.Count(letter => letter == '}'));
        }
    }

    private static Fink.Kafka.Protocol.Encoding.IWireStruct Filled(MessageType type, short version, Random random)
    {
        var message = type.New();
        var visitor = new ScalarVisitor<RandomScalars>(version, new RandomScalars(random));
        message.VisitFields(ref visitor);
        return message;
    }
}
