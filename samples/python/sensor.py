"""A sensor that publishes a temperature, says when it is gone, and takes commands.

    python3 sensor.py [--host HOST] [--port PORT] [--name NAME] [--interval SECONDS] [--count N]
"""
import argparse
import random
import threading

import paho.mqtt.client as mqtt


def parse_arguments():
    parser = argparse.ArgumentParser(description="A temperature sensor.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=1883)
    parser.add_argument("--name", default="kitchen", help="part of the topics")
    parser.add_argument("--interval", type=float, default=5, help="seconds between two values")
    parser.add_argument("--count", type=int, default=0, help="values to publish; 0 never stops")
    return parser.parse_args()


def new_client(client_id):
    # paho 2 wants to know which form of callbacks is meant; paho 1, which Debian has, has one.
    if hasattr(mqtt, "CallbackAPIVersion"):
        return mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id, protocol=mqtt.MQTTv5)
    return mqtt.Client(client_id, protocol=mqtt.MQTTv5)


def main():
    arguments = parse_arguments()
    base = "sensors/" + arguments.name
    online = base + "/online"
    interval = [arguments.interval]
    wake = threading.Event()
    client = new_client("sensor-" + arguments.name)
    # The broker publishes this when the connection ends without a DISCONNECT.
    client.will_set(online, "0", retain=True)

    def on_connect(client, userdata, flags, reason, properties=None):
        print("connected:", reason, flush=True)
        # Subscribing here also covers a connection that was lost and is back.
        client.subscribe(base + "/interval")
        client.publish(online, "1", retain=True)

    def on_message(client, userdata, message):
        try:
            interval[0] = max(0.1, float(message.payload))
        except ValueError:
            print("not a number of seconds:", message.payload, flush=True)
            return
        print("interval:", interval[0], flush=True)
        wake.set()

    client.on_connect = on_connect
    client.on_message = on_message
    client.connect(arguments.host, arguments.port, keepalive=30)
    client.loop_start()  # A thread of paho's: it reads, writes and connects again.
    temperature = 21.0
    published = 0
    try:
        while arguments.count == 0 or published < arguments.count:
            temperature += random.uniform(-0.2, 0.2)
            value = client.publish(base + "/temperature", f"{temperature:.1f}", qos=1)
            value.wait_for_publish(10)
            published += 1
            wake.wait(interval[0])
            wake.clear()
    except KeyboardInterrupt:
        pass
    client.publish(online, "0", retain=True).wait_for_publish(10)
    client.disconnect()
    client.loop_stop()


if __name__ == "__main__":
    main()
