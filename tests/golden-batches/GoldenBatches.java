import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;

/** Writes one record batch per codec with the classes of Apache Kafka's own clients: "codec size hex" a line, the records being the same in all. */
public final class GoldenBatches {
    private static final long FIRST_TIMESTAMP = 1_700_000_000_000L;

    public static void main(String[] arguments) {
        for (int count : new int[] {3, 900}) {
            for (CompressionType type : CompressionType.values()) {
                MemoryRecords batch = MemoryRecords.withRecords(RecordBatch.MAGIC_VALUE_V2, Compression.of(type).build(), records(count));
                ByteBuffer bytes = batch.buffer();
                // The many are only there for codecs that cut into blocks.
                if (count > 3 && (type == CompressionType.NONE || type == CompressionType.GZIP)) continue;
                byte[] written = new byte[bytes.remaining()];
                bytes.get(written);
                System.out.println(type.name + " " + count + " " + HexFormat.of().formatHex(written));
            }
        }
    }

    private static SimpleRecord[] records(int count) {
        SimpleRecord[] records = new SimpleRecord[count];
        for (int i = 0; i < count; i++) {
            byte[] key = i % 3 == 2 ? null : ("key-" + i).getBytes(StandardCharsets.UTF_8);
            byte[] value = ("alert " + i + " " + "of the night; ".repeat(count > 3 ? 10 : 3)).getBytes(StandardCharsets.UTF_8);
            Header[] headers = i % 3 == 1 ? new Header[] {new RecordHeader("h\u00e9", new byte[] {(byte) i})} : new Header[0];
            records[i] = new SimpleRecord(FIRST_TIMESTAMP + i, key, value, headers);
        }
        return records;
    }
}
