"""What the scenarios share: output as JSON lines and the creation of a paho client."""
import json

import paho.mqtt.client as mqtt


def emit(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def create_client(client_id, version, **arguments):
    arguments.update(client_id=client_id, protocol=version)
    if version == mqtt.MQTTv5:
        arguments.pop("clean_session", None)  # There it is an argument of connect.
    if hasattr(mqtt, "CallbackAPIVersion"):  # paho 2 asks which signatures the callbacks have.
        arguments["callback_api_version"] = mqtt.CallbackAPIVersion.VERSION1
    return mqtt.Client(**arguments)


def write_pending(client):
    if client.want_write():
        client.loop_write()
