"""The scenario `flood`: many paho publishers against one subscriber, all in one thread.

Never more than `window` messages are under way, so that no queue limit of the broker, however
small, can cost a message. Each payload is "publisher:sequence".
"""
import select
import time

from common import create_client, emit, write_pending

READS_PER_ROUND = 200
BATCH = 500
DEADLINE_SECONDS = 110


class Flood:
    def __init__(self, host, port, version, topic, publishers, messages, window):
        self._topic = topic
        self._messages = messages
        self._window = window
        self._received = 0
        self._batch = []
        self._subscriber = self._connect(host, port, version)
        self._publishers = [self._connect(host, port, version) for _ in range(publishers)]

    @staticmethod
    def _connect(host, port, version):
        client = create_client("", version)
        client.connect(host, port, keepalive=300)
        while not client.is_connected():
            select.select([client.socket()], [], [], 1)
            client.loop_read()
        return client

    def run(self):
        self._subscribe()
        total = self._messages * len(self._publishers)
        sent = 0
        deadline = time.monotonic() + DEADLINE_SECONDS
        while self._received < total and time.monotonic() < deadline:
            while sent < total and sent - self._received < self._window:
                publisher = sent % len(self._publishers)
                payload = "%d:%d" % (publisher, sent // len(self._publishers))
                self._publishers[publisher].publish(self._topic + "/%d" % publisher, payload)
                sent += 1
            for client in self._publishers:
                write_pending(client)
            select.select([self._subscriber.socket()], [], [], 0.1)
            self._read()
        self._flush()
        emit("done")

    def _subscribe(self):
        granted = []
        self._subscriber.on_message = self._on_message
        self._subscriber.on_subscribe = lambda *_: granted.append(True)
        self._subscriber.subscribe(self._topic + "/#")
        while not granted:
            select.select([self._subscriber.socket()], [], [], 1)
            self._subscriber.loop_read()

    def _read(self):
        for _ in range(READS_PER_ROUND):
            before = self._received
            self._subscriber.loop_read()
            if self._received == before:
                return

    def _on_message(self, _client, _data, message):
        self._received += 1
        self._batch.append(message.payload.decode())
        if len(self._batch) == BATCH:
            self._flush()

    def _flush(self):
        emit("batch", payloads=self._batch)
        self._batch = []


def run_flood(host, port, version, topic, publishers, messages, window):
    Flood(host, port, version, topic, publishers, messages, window).run()
