"""The scenario `client`: one paho client that does what the lines on stdin say.

No thread: one loop selects on stdin and on the client's socket, so that what is printed comes
in the order in which it happened.
"""
import base64
import json
import os
import select
import sys

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from common import create_client, emit

STDIN = 0

PROPERTIES = {
    "contentType": "ContentType",
    "responseTopic": "ResponseTopic",
    "payloadFormat": "PayloadFormatIndicator",
    "messageExpiry": "MessageExpiryInterval",
}


def to_properties(message, packet_type):
    properties = Properties(packet_type)
    for name, paho_name in PROPERTIES.items():
        if message.get(name) is not None:
            setattr(properties, paho_name, message[name])
    if message.get("correlationData") is not None:
        properties.CorrelationData = base64.b64decode(message["correlationData"])
    if message.get("userProperties"):
        properties.UserProperty = [tuple(pair) for pair in message["userProperties"]]
    return properties


def to_message(received):
    message = {
        "topic": received.topic,
        "payload": base64.b64encode(received.payload).decode(),
        "qos": received.qos,
        "retain": bool(received.retain),
    }
    properties = getattr(received, "properties", None)
    if properties is None:
        return message
    for name, paho_name in PROPERTIES.items():
        message[name] = getattr(properties, paho_name, None)
    if hasattr(properties, "CorrelationData"):
        message["correlationData"] = base64.b64encode(properties.CorrelationData).decode()
    message["userProperties"] = [list(pair) for pair in getattr(properties, "UserProperty", [])]
    return message


def code(reason):
    """paho hands out plain integers in 3.1.1 and ReasonCodes in 5.0."""
    return getattr(reason, "value", reason)


class Driver:
    def __init__(self, host, port, version):
        self._host = host
        self._port = port
        self._version = version
        self._client = None
        self._disconnect_reason = None
        self._disconnecting = False

    def run(self):
        pending = b""
        while True:
            readable, writable = self._select()
            if self._client is not None and self._client.socket() in readable:
                self._client.loop_read()
            if writable:
                self._client.loop_write()
            if self._client is not None:
                self._client.loop_misc()
            if STDIN in readable:
                data = os.read(STDIN, 65536)
                if not data:
                    return
                *lines, pending = (pending + data).split(b"\n")
                for line in lines:
                    self._execute(json.loads(line))

    def _select(self):
        readers, writers = [STDIN], []
        if self._client is not None and self._client.socket() is not None:
            readers.append(self._client.socket())
            if self._client.want_write():
                writers.append(self._client.socket())
        readable, writable, _ = select.select(readers, writers, [], 1)
        return readable, writable

    def _execute(self, command):
        getattr(self, "do_" + command["do"])(command)

    def do_connect(self, command):
        self._disconnecting = False
        self._client = client = create_client(command["clientId"], self._version)
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_unsubscribe = self._on_unsubscribe
        client.on_publish = lambda *_: emit("published")
        client.on_message = lambda _client, _data, message: emit(
            "message", message=to_message(message))
        client.on_disconnect = self._on_disconnect
        client.on_log = self._on_log
        will = command.get("will")
        if will is not None:
            properties = None
            if self._version == mqtt.MQTTv5:
                properties = to_properties(will, PacketTypes.WILLMESSAGE)
            client.will_set(will["topic"], base64.b64decode(will["payload"]), will["qos"],
                            will["retain"], properties)
        client.connect(self._host, self._port)

    def do_subscribe(self, command):
        if self._version == mqtt.MQTTv5:
            options = mqtt.SubscribeOptions(
                qos=command["qos"], noLocal=command["noLocal"],
                retainAsPublished=command["retainAsPublished"],
                retainHandling=command["retainHandling"])
            self._client.subscribe(command["filter"], options=options)
        else:
            self._client.subscribe(command["filter"], command["qos"])

    def do_unsubscribe(self, command):
        self._client.unsubscribe(command["filter"])

    def do_publish(self, command):
        message = command["message"]
        properties = None
        if self._version == mqtt.MQTTv5:
            properties = to_properties(message, PacketTypes.PUBLISH)
        self._client.publish(message["topic"], base64.b64decode(message["payload"]),
                             message["qos"], message["retain"], properties)

    def do_disconnect(self, _command):
        self._disconnecting = True
        self._client.disconnect()

    def _on_connect(self, _client, _data, _flags, reason, properties=None):
        emit("connack", reasons=[code(reason)],
             clientId=getattr(properties, "AssignedClientIdentifier", None))

    def _on_subscribe(self, _client, _data, _mid, reasons, _properties=None):
        emit("suback", reasons=[code(reason) for reason in reasons])

    def _on_unsubscribe(self, _client, _data, _mid, _properties=None, reasons=None):
        if reasons is None:
            reasons = []
        elif not isinstance(reasons, list):
            reasons = [reasons]
        emit("unsuback", reasons=[code(reason) for reason in reasons])

    def _on_log(self, client, _data, _level, text):
        # paho 1.6 drops the Reason Code of a DISCONNECT that carries no properties, so it is
        # taken from the packet itself.
        if text.startswith("Received DISCONNECT"):
            packet = client._in_packet["packet"]
            self._disconnect_reason = packet[0] if packet else 0

    def _on_disconnect(self, *_):
        if self._disconnecting:
            emit("disconnected")
        else:
            emit("closed", reason=self._disconnect_reason)


def run_client(host, port, version):
    Driver(host, port, version).run()
    sys.exit(0)
