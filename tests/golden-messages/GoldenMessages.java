import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.CompactArrayOf;
import org.apache.kafka.common.protocol.types.ArrayOf;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.record.BaseRecords;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;

/**
 * Writes each message that the broker serves, in each version, with the message classes of Apache Kafka's own clients:
 * one line a message, "apiKey version request|response variant hex", the bytes being a frame without its length.
 * With "fields" as argument: the names of each version's fields in wire order instead.
 */
public final class GoldenMessages {
    private static final int CORRELATION_ID = 0x01020304;
    private static final String CLIENT_ID = "golden-é";
    private static final int[][] SERVED = {
        {0, 3, 11}, {1, 4, 16}, {2, 1, 7}, {3, 0, 12}, {8, 2, 8}, {9, 1, 8}, {10, 0, 4}, {11, 0, 9}, {12, 0, 4}, {13, 0, 5},
        {14, 0, 5}, {15, 0, 5}, {16, 0, 5}, {17, 0, 1}, {18, 0, 4}, {19, 2, 7}, {20, 1, 6}, {21, 0, 2}, {22, 0, 4}, {23, 2, 4},
        {24, 0, 3}, {25, 0, 3}, {26, 0, 3}, {28, 0, 3}, {29, 1, 3}, {30, 1, 3}, {31, 1, 3}, {32, 1, 4}, {33, 0, 2}, {35, 1, 4},
        {36, 0, 2}, {37, 0, 3}, {42, 0, 2}, {43, 0, 2}, {44, 0, 1}, {46, 0, 0}, {47, 0, 0}, {48, 0, 1}, {49, 0, 1}, {50, 0, 0},
        {51, 0, 0}, {60, 0, 1}, {61, 0, 0}, {65, 0, 0}, {66, 0, 1},
    };

    /** Every field set; arrays of two. The k-th scalar in wire order has a value that follows from k alone. */
    private static final String FILLED = "filled";
    /** Null where the version allows it; arrays of one otherwise. */
    private static final String NULLS = "nulls";
    /** As a new message is, arrays empty. */
    private static final String DEFAULTS = "defaults";
    /** Oldest and newest version only: outer arrays of 140, so that counts need two bytes and grow past a reader's first guess; inner arrays empty. */
    private static final String LONG = "long";

    private final short version;
    private final String variant;
    private int scalars;

    private GoldenMessages(short version, String variant) {
        this.version = version;
        this.variant = variant;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        boolean fields = args.length > 0 && args[0].equals("fields");
        for (int[] api : SERVED) {
            ApiMessageType type = ApiMessageType.fromApiKey((short) api[0]);
            for (short version = (short) api[1]; version <= api[2]; version++) {
                for (String kind : new String[] {"request", "response"}) {
                    boolean request = kind.equals("request");
                    String start = api[0] + " " + version + " " + kind + " ";
                    Schema schema = (request ? type.requestSchemas() : type.responseSchemas())[version];
                    if (fields) {
                        out.println(start + names(schema));
                        continue;
                    }
                    boolean atAnEnd = version == api[1] || version == api[2];
                    for (String variant : atAnEnd ? new String[] {DEFAULTS, FILLED, NULLS, LONG} : new String[] {DEFAULTS, FILLED, NULLS}) {
                        Message message = request ? type.newRequest() : type.newResponse();
                        if (!variant.equals(DEFAULTS)) new GoldenMessages(version, variant).fill(message, schema, 0);
                        byte[] header = request ? requestHeader(type, version) : responseHeader(type, version);
                        out.println(start + variant + " " + HexFormat.of().formatHex(header) + HexFormat.of().formatHex(bytes(message, version)));
                    }
                }
            }
        }
        out.flush();
    }

    private static byte[] requestHeader(ApiMessageType type, short version) {
        RequestHeaderData header = new RequestHeaderData().setRequestApiKey(type.apiKey()).setRequestApiVersion(version)
            .setCorrelationId(CORRELATION_ID).setClientId(CLIENT_ID);
        return bytes(header, type.requestHeaderVersion(version));
    }

    private static byte[] responseHeader(ApiMessageType type, short version) {
        return bytes(new ResponseHeaderData().setCorrelationId(CORRELATION_ID), type.responseHeaderVersion(version));
    }

    private static byte[] bytes(Message message, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        ByteBuffer buffer = ByteBuffer.allocate(message.size(cache, version));
        message.write(new ByteBufferAccessor(buffer), cache, version);
        return buffer.array();
    }

    private static String names(Schema schema) throws Exception {
        StringBuilder text = new StringBuilder();
        for (BoundField field : schema.fields()) {
            if (field.def.type instanceof TaggedFields tagged) {
                for (var entry : tags(tagged).entrySet()) {
                    text.append(name(entry.getValue().name, entry.getValue().type)).append('#').append(entry.getKey()).append(' ');
                }
            } else {
                text.append(name(field.def.name, field.def.type)).append(' ');
            }
        }
        return text.toString().trim();
    }

    private static String name(String name, org.apache.kafka.common.protocol.types.Type type) throws Exception {
        if (type instanceof Schema schema) return name + "{" + names(schema) + "}";
        org.apache.kafka.common.protocol.types.Type element = type.arrayElementType().orElse(null);
        if (element == null) return name;
        return element instanceof Schema schema ? name + "[" + names(schema) + "]" : name + "[]";
    }

    private void fill(Object message, Schema schema, int depth) throws Exception {
        for (BoundField field : schema.fields()) {
            if (field.def.type instanceof TaggedFields tagged) {
                for (var entry : tags(tagged).entrySet()) {
                    if (!variant.equals(LONG)) set(message, entry.getValue().name, entry.getValue().type, depth);
                }
            } else {
                set(message, field.def.name, field.def.type, depth);
            }
        }
    }

    private void set(Object message, String name, org.apache.kafka.common.protocol.types.Type type, int depth) throws Exception {
        Field field = fieldOf(message.getClass(), name);
        field.setAccessible(true);
        if (variant.equals(NULLS) && type.isNullable()) {
            field.set(message, null);
        } else if (type instanceof ArrayOf || type instanceof CompactArrayOf) {
            field.set(message, array(field, type.arrayElementType().get(), depth));
        } else if (type instanceof Schema nested) {
            Object value = newInstance(field.getType());
            fill(value, nested, depth + 1);
            field.set(message, value);
        } else {
            field.set(message, scalar(field.getType()));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Object array(Field field, org.apache.kafka.common.protocol.types.Type element, int depth) throws Exception {
        Type declared = field.getGenericType();
        if (!(declared instanceof ParameterizedType)) declared = ((Class<?>) declared).getGenericSuperclass();
        Class<?> elementClass = (Class<?>) ((ParameterizedType) declared).getActualTypeArguments()[0];
        Collection items = field.getType() == List.class ? new ArrayList<>() : (Collection) newInstance(field.getType());
        int count = variant.equals(FILLED) ? 2 : variant.equals(NULLS) ? 1 : depth == 0 ? 140 : 0;
        for (int i = 0; i < count; i++) {
            if (element instanceof Schema nested) {
                Object item = newInstance(elementClass);
                fill(item, nested, depth + 1);
                items.add(item);
            } else {
                items.add(scalar(elementClass));
            }
        }
        return items;
    }

    private Object scalar(Class<?> type) {
        int k = ++scalars;
        if (type == boolean.class) return true;
        if (type == byte.class) return (byte) (k % 100 + 1);
        if (type == short.class) return (short) k;
        if (type == int.class || type == Integer.class) return k * 1000 + 7;
        if (type == long.class || type == Long.class) return k * 1_000_000_007L;
        if (type == double.class) return k + 0.5;
        if (type == String.class) return "s" + k + (k % 2 == 0 ? "é" : "");
        if (type == Uuid.class) return new Uuid(k * 1_000_000_007L, ~(long) k);
        byte[] bytes = {(byte) k, (byte) (k + 1), (byte) (k + 2)};
        if (type == byte[].class) return bytes;
        if (type == ByteBuffer.class) return ByteBuffer.wrap(bytes);
        if (type == BaseRecords.class) return MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(k, bytes, bytes));
        throw new IllegalStateException(type.toString());
    }

    /** In the order of their numbers, which is that of the wire. */
    @SuppressWarnings("unchecked")
    private static TreeMap<Integer, org.apache.kafka.common.protocol.types.Field> tags(TaggedFields tagged) throws Exception {
        Field fields = TaggedFields.class.getDeclaredField("fields");
        fields.setAccessible(true);
        return new TreeMap<>((java.util.Map<Integer, org.apache.kafka.common.protocol.types.Field>) fields.get(tagged));
    }

    private static Object newInstance(Class<?> type) throws Exception {
        return type.getConstructor().newInstance();
    }

    /** The schema says topic_data where the class says topicData. */
    private static Field fieldOf(Class<?> type, String name) throws Exception {
        String plain = name.replace("_", "");
        for (Field field : type.getDeclaredFields()) {
            if (field.getName().equalsIgnoreCase(plain)) return field;
        }
        throw new NoSuchFieldException(type + " " + name);
    }
}
