#!/usr/bin/env python3
"""Stands between clients and a broker and writes down what they say to each other.

    capture.py CLIENT LISTEN_PORT BROKER_PORT >> captures.txt

One line for each API, version and direction that is seen, the shortest of them: "CLIENT apiKey version request|response hex",
the bytes being a frame without its length. The broker (PLAINTEXT) has to advertise 127.0.0.1:LISTEN_PORT. Ends on SIGTERM.
"""
import asyncio
import signal
import struct
import sys

client, listen_port, broker_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
seen = {}


def note(key, version, kind, frame):
    known = seen.get((key, version, kind))
    if known is None or len(frame) < len(known):
        seen[key, version, kind] = frame


async def pump(reader, writer, look):
    try:
        while True:
            length = await reader.readexactly(4)
            frame = await reader.readexactly(struct.unpack(">i", length)[0])
            look(frame)
            writer.write(length + frame)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def serve(reader, writer):
    broker_reader, broker_writer = await asyncio.open_connection("127.0.0.1", broker_port)
    waiting = {}

    def request(frame):
        key, version, correlation = struct.unpack(">hhi", frame[:8])
        waiting[correlation] = (key, version)
        note(key, version, "request", frame)

    def response(frame):
        key, version = waiting.pop(struct.unpack(">i", frame[:4])[0])
        note(key, version, "response", frame)

    await asyncio.gather(pump(reader, broker_writer, request), pump(broker_reader, writer, response))


async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = await asyncio.start_server(serve, "127.0.0.1", listen_port)
    async with server:
        await stop.wait()
    for (key, version, kind), frame in sorted(seen.items()):
        print(client, key, version, kind, frame.hex())


asyncio.run(main())
