"""Drives paho for the interop tests: `driver.py SCENARIO ARGUMENTS...`.

  client HOST PORT VERSION
      One client. Reads one JSON command per line from stdin and answers each with one JSON
      line on stdout; messages and the loss of the connection come as lines of their own.
  flood HOST PORT VERSION TOPIC PUBLISHERS MESSAGES WINDOW
      Many publishers and one subscriber in this process; prints what arrived, in order.
  publish HOST PORT VERSION TOPIC NAME QOS COUNT SIZE
      Publishes with a session, and ends when all is acknowledged.
  subscribe HOST PORT VERSION TOPIC NAME QOS
      Subscribes with a session; prints what arrives until its stdin ends.

VERSION is the byte of the CONNECT packet: 4 for 3.1.1, 5 for 5.0.
"""
import sys

sys.dont_write_bytecode = True  # The scripts run where their source lies.

from client import run_client
from cut import run_publish, run_subscribe
from flood import run_flood


def main():
    scenario, host, port, version = sys.argv[1:5]
    if scenario == "client":
        run_client(host, int(port), int(version))
    elif scenario == "flood":
        topic, publishers, messages, window = sys.argv[5:9]
        run_flood(host, int(port), int(version), topic, int(publishers), int(messages),
                  int(window))
    elif scenario in ("publish", "subscribe"):
        topic, name, *numbers = sys.argv[5:]
        run = run_publish if scenario == "publish" else run_subscribe
        run(host, int(port), int(version), topic, name, *map(int, numbers))
    else:
        sys.exit("unknown scenario " + scenario)


if __name__ == "__main__":
    main()
