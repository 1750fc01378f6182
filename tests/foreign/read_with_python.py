#!/usr/bin/python3
"""Reads topics as a SCRAM user with clients that are not ours, decodes the alerts as fink-client does, and compares them.

    read_with_python.py --config USER.librdkafka.conf --id candid --expected ztf.jsonl TOPIC...
    kcat ... | read_with_python.py --kcat --id candid --expected ztf.jsonl

Each alert: the key is the Avro schema as JSON, the value one bare datum (Debian: python3-confluent-kafka, python3-avro). With
--wire ocf the value is a container file, which brings its schema; with --wire confluent it is a zero byte, the id of the schema in
four bytes and the datum, and the schema is the file schema-ID.avsc in the folder --schemas. Then no key is looked at.
Each line of the expected file is an alert as another reader of Parquet sees it: bytes as {"sha256", "len"}, NaN and
infinities as text, a float32 as any number that rounds to it, a timestamp as text.

Prints one line of JSON: for each topic, how many alerts it has and their ids in order. Exit code 1, and a line on stderr
for each of the first differences, when an alert differs from what is expected, is not expected, or is there twice.
"""
import argparse
import hashlib
import io
import json
import math
import struct
import sys

import avro.datafile
import avro.io
import avro.schema

DIFFERENCES_SHOWN = 20


def main():
    parser = argparse.ArgumentParser()
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--config", help="a file of key=value lines for librdkafka")
    source.add_argument("--kcat", action="store_true", help="read what read_with_kcat.sh makes kcat write, on stdin")
    parser.add_argument("--id", required=True, help="the column that names an alert")
    parser.add_argument("--expected", required=True, help="the alerts, one JSON object a line")
    parser.add_argument("--wire", choices=["bare", "confluent", "ocf"], default="bare", help="what stands around the datum")
    parser.add_argument("--schemas", help="where the schemas are whose ids stand before the datums")
    parser.add_argument("topics", nargs="*")
    options = parser.parse_args()

    with open(options.expected, encoding="utf-8") as lines:
        expected = {alert[options.id]: alert for alert in map(json.loads, lines)}
    messages = from_kcat(sys.stdin.buffer) if options.kcat else from_kafka(options.config, options.topics)

    decode = {"bare": Decoder().by_key, "confluent": Decoder(options.schemas).by_id, "ocf": from_container}[options.wire]
    ids = {topic: [] for topic in options.topics}
    differences = []
    for topic, key, value in messages:
        schema, alert = decode(key, value)
        name = alert[options.id]
        seen = ids.setdefault(topic, [])
        if name in seen:
            differences.append(f"{topic}: {name} is there twice")
        seen.append(name)
        if name not in expected:
            differences.append(f"{topic}: {name} is not expected")
            continue
        differences += (f"{topic}: {name}: {text}" for text in compare(schema, alert, expected[name], ""))

    json.dump({topic: {"count": len(seen), "ids": sorted(seen)} for topic, seen in ids.items()}, sys.stdout)
    print()
    for difference in differences[:DIFFERENCES_SHOWN]:
        print(difference, file=sys.stderr)
    if differences:
        print(f"{len(differences)} differences", file=sys.stderr)
    return 1 if differences else 0


class Decoder:
    """Decodes datums by the schemas in their keys, or by those whose ids they bring; each schema is parsed once."""

    def __init__(self, schemas=None):
        self.schemas = schemas
        self.readers = {}

    def by_key(self, key, value):
        if key not in self.readers:
            self.learn(key, key.decode("utf-8"))
        return self.decode(key, io.BytesIO(value))

    def by_id(self, _, value):
        magic, number = struct.unpack(">bI", value[:5])
        if magic != 0:
            raise ValueError(f"the first byte is {magic}, not 0")
        if number not in self.readers:
            with open(f"{self.schemas}/schema-{number}.avsc", encoding="utf-8") as file:
                self.learn(number, file.read())
        return self.decode(number, io.BytesIO(value[5:]))

    def learn(self, name, text):
        schema = avro.schema.parse(text)
        self.readers[name] = (schema, avro.io.DatumReader(schema))

    def decode(self, name, data):
        schema, reader = self.readers[name]
        alert = reader.read(avro.io.BinaryDecoder(data))
        if data.read(1):
            raise ValueError("bytes are left over after the datum")
        return schema, alert


def from_container(_, value):
    """The one alert of a container file, with the file's schema."""
    with avro.datafile.DataFileReader(io.BytesIO(value), avro.io.DatumReader()) as file:
        schema = avro.schema.parse(file.schema)
        (alert,) = file
    return schema, alert


def from_kafka(config_file, topics):
    """All messages that the topics hold now, without a commit."""
    from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

    config = {"group.id": "spark-kafka-foreign", "enable.auto.commit": False, "enable.partition.eof": True}
    with open(config_file, encoding="utf-8") as lines:
        for line in map(str.strip, lines):
            if line and not line.startswith("#"):
                name, _, value = line.partition("=")
                config[name.strip()] = value.strip()
    consumer = Consumer(config)
    partitions = []
    for topic in topics:
        metadata = consumer.list_topics(topic, timeout=30).topics[topic]
        if metadata.error is not None:
            raise KafkaException(metadata.error)
        partitions += (TopicPartition(topic, number, OFFSET_BEGINNING) for number in metadata.partitions)
    consumer.assign(partitions)
    unfinished = len(partitions)
    while unfinished > 0:
        message = consumer.poll(30)
        if message is None:
            raise TimeoutError("nothing came for 30 s")
        if message.error() is None:
            yield message.topic(), message.key(), message.value()
        elif message.error().code() == KafkaError._PARTITION_EOF:
            unfinished -= 1
        else:
            raise KafkaException(message.error())
    consumer.close()


def from_kcat(stream):
    """Messages as kcat -f '%t %K %S\\n%k%s' writes them."""
    for line in iter(stream.readline, b""):
        topic, key_length, value_length = line.split(b" ")
        # The length of a key that there is not is -1.
        key = stream.read(max(0, int(key_length)))
        yield topic.decode(), key, stream.read(int(value_length))


def compare(schema, value, expected, path):
    """The places at which a decoded value is not what is expected."""
    if schema.type == "union":
        if value is None or expected is None:
            # A struct that is null where it was read has become a struct of nulls, but only at the top.
            return [] if value is None and expected is None else [f"{path}: {value!r:.80}, expected {expected!r:.80}"]
        schema = next(branch for branch in schema.schemas if branch.type != "null")
    if schema.type == "record":
        fields = expected if expected is not None else dict.fromkeys(field.name for field in schema.fields)
        missing = [f"{path}.{field.name}: not expected" for field in schema.fields if field.name not in fields]
        return missing + [
            text
            for field in schema.fields
            if field.name in fields
            for text in compare(field.type, value[field.name], fields[field.name], f"{path}.{field.name}")
        ]
    if schema.type == "array" and isinstance(expected, list) and len(value) == len(expected):
        return [
            text
            for i, (one, other) in enumerate(zip(value, expected))
            for text in compare(schema.items, one, other, f"{path}[{i}]")
        ]
    if schema.type == "map" and isinstance(expected, dict) and value.keys() == expected.keys():
        return [text for key in value for text in compare(schema.values, value[key], expected[key], f"{path}[{key}]")]
    return [] if same(schema.type, value, expected) else [f"{path}: {value!r:.80}, expected {expected!r:.80}"]


def same(kind, value, expected):
    if kind == "bytes":
        return isinstance(expected, dict) and expected == {"sha256": hashlib.sha256(value).hexdigest(), "len": len(value)}
    if kind in ("float", "double"):
        number = float(expected) if expected is not None else None
        if number is None:
            return value is None
        if math.isnan(number) or math.isnan(value):
            return math.isnan(number) and math.isnan(value)
        return struct.pack("<f", value) == struct.pack("<f", number) if kind == "float" else value == number
    return type(value) is type(expected) and value == expected


if __name__ == "__main__":
    sys.exit(main())
