"""The scenarios `publish` and `subscribe`: a paho client with a session over connections that are
cut. It connects again by itself, in a thread of paho's.

A publisher reads from stdin how many more messages it may send. A payload is "name:number:" and
dots up to its size; without a payload the topic has the number.
"""
import sys
import threading

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from common import create_client

EXPIRY_SECONDS = 3600
RECONNECT_SECONDS = 0.02
MOST_PENDING = 100  # Of these paho has 20 on their way, by default.


def start(name, host, port, version):
    client = create_client(name, version, clean_session=False)
    client.reconnect_delay_set(RECONNECT_SECONDS, RECONNECT_SECONDS)
    if version == mqtt.MQTTv5:
        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = EXPIRY_SECONDS
        client.connect_async(host, port, clean_start=False, properties=properties)
    else:
        client.connect_async(host, port)
    return client


def run_publish(host, port, version, topic, name, qos, count, size):
    client = start(name, host, port, version)
    room = threading.Semaphore(MOST_PENDING)
    client.on_publish = lambda *_: room.release()
    client.loop_start()
    allowed = 0
    for number in range(count):
        while number >= allowed:
            allowed += int(sys.stdin.readline())
        room.acquire()
        if size == 0:
            client.publish("%s/%s/%d" % (topic, name, number), b"", qos)
        else:
            payload = ("%s:%d:" % (name, number)).ljust(size, ".")
            client.publish("%s/%s" % (topic, name), payload, qos)
    for _ in range(MOST_PENDING):
        room.acquire()
    client.disconnect()
    client.loop_stop()


def run_subscribe(host, port, version, topic, name, qos):
    client = start(name, host, port, version)
    client.on_connect = lambda *_: client.subscribe(topic + "/#", qos)
    client.on_subscribe = lambda *_: print("subscribed", flush=True)
    client.on_message = lambda _client, _data, message: print(
        "%s\t%d\t%s" % (message.topic, len(message.payload), message.payload.decode()),
        flush=True)
    client.loop_start()
    sys.stdin.read()
