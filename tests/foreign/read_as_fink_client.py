#!/usr/bin/python3
"""Does what fink-client does, step by step, with Debian's python3-confluent-kafka and python3-avro.

    read_as_fink_client.py --servers HOST:PORT --group G [--username U --password-file F] --limit N [--outdir D] TOPIC...
    read_as_fink_client.py --servers HOST:PORT --group G --write TOPIC

With a user it is AlertConsumer of the Python API (SASL_PLAINTEXT, SCRAM-SHA-512), without one "finkctl stream": PLAINTEXT and
no credentials. Both subscribe, start at the earliest alert, and leave commits to librdkafka. Of each message the key is JSON,
parsed as a schema each time, and the value one datum of it without a container; headers are not looked at. With --outdir each
alert becomes a container file OBJECTID_CANDID.avro, codec null, which is then read back and compared.

Prints one line of JSON: the topics that can be seen, and of each alert its topic, its ids, what the client shows of it, and the name of
its file. --write tries to send a message instead, and prints what became of it.
"""
import argparse
import io
import json
import os
import sys

import avro.datafile
import avro.io
import avro.schema
import confluent_kafka

PATIENCE = 60


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--servers", required=True)
    parser.add_argument("--group", required=True)
    parser.add_argument("--username")
    parser.add_argument("--password-file")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--outdir")
    parser.add_argument("--write", metavar="TOPIC")
    parser.add_argument("topics", nargs="*")
    options = parser.parse_args()

    config = {"group.id": options.group, "bootstrap.servers": options.servers}
    if options.username:
        with open(options.password_file, encoding="utf-8") as file:
            config.update(username=options.username, password=file.read().strip())
    if options.write:
        json.dump({"error": write(config, options.write)}, sys.stdout)
        return
    consumer = confluent_kafka.Consumer(kafka_config(config))
    consumer.subscribe(options.topics)
    alerts = []
    while len(alerts) < options.limit:
        topic, schema, alert = poll(consumer)
        candidate = alert.get("candidate") or {}
        alerts.append({
            "topic": topic,
            "objectId": alert["objectId"],
            "candid": alert["candid"],
            "shown": [candidate.get("jd"), alert.get("cdsxmatch"), candidate.get("magpsf")],
            "file": save(alert, schema, options.outdir) if options.outdir else None,
        })
    topics = sorted(consumer.list_topics(timeout=PATIENCE).topics)
    consumer.close()
    json.dump({"topics": topics, "alerts": alerts}, sys.stdout)


def kafka_config(config):
    """What librdkafka is told, of what a user of fink-client says."""
    kafka = {}
    if "username" in config and "password" in config:
        kafka["security.protocol"] = "sasl_plaintext"
        kafka["sasl.mechanism"] = "SCRAM-SHA-512"
        kafka["sasl.username"] = config["username"]
        kafka["sasl.password"] = config["password"]
    kafka["group.id"] = config["group.id"]
    kafka["auto.offset.reset"] = "earliest"
    kafka["bootstrap.servers"] = config["bootstrap.servers"]
    return kafka


def poll(consumer):
    """The next message as topic, schema and alert."""
    message = consumer.poll(PATIENCE)
    if message is None:
        raise TimeoutError(f"nothing came for {PATIENCE} s")
    if message.error():
        raise confluent_kafka.KafkaException(message.error())
    key = message.key()
    key = "" if key is None else key.decode("utf-8")
    schema = avro.schema.parse(json.dumps(json.loads(key)))
    return message.topic(), schema, avro.io.DatumReader(schema).read(avro.io.BinaryDecoder(io.BytesIO(message.value())))


def save(alert, schema, folder):
    """Writes the alert as a container file, reads it back, and returns the file's name."""
    name = f"{alert['objectId']}_{alert['candid']}.avro"
    path = os.path.join(folder, name)
    with avro.datafile.DataFileWriter(open(path, "wb"), avro.io.DatumWriter(), schema, codec="null") as file:
        file.append(alert)
    with avro.datafile.DataFileReader(open(path, "rb"), avro.io.DatumReader()) as file:
        # As text: a NaN is not equal to itself.
        if repr(list(file)) != repr([alert]):
            raise ValueError(f"{name} is not the alert that was written")
    return name


def write(config, topic):
    """Why a message cannot be sent there, as Kafka's name of the error; None where it was."""
    outcome = []
    kafka = kafka_config(config)
    del kafka["group.id"], kafka["auto.offset.reset"]
    producer = confluent_kafka.Producer({**kafka, "message.timeout.ms": 1000 * PATIENCE})
    producer.produce(topic, b"not an alert", on_delivery=lambda error, _: outcome.append(error and error.name()))
    producer.flush(2 * PATIENCE)
    return outcome[0]


if __name__ == "__main__":
    main()
