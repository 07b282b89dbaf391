// The scenarios `publish` and `subscribe`: an MQTT.js client with a session over connections that
// are cut. It connects again by itself.
//
// A publisher reads from stdin how many more messages it may send. A payload is "name:number:" and
// dots up to its size; without a payload the topic has the number.
import { createInterface } from 'node:readline';
import mqtt from 'mqtt';
import { connectOptions } from './common.mjs';

const EXPIRY_SECONDS = 3600;
const RECONNECT_MS = 20;
const PACKET_ID_NOT_FOUND = 0x92;
const MOST_PENDING = 20; // MQTT.js itself has no limit; this is the one of mosquitto and paho.

function start(host, port, version, name) {
    const client = mqtt.connect({
        ...connectOptions(host, port, version, name),
        clean: false,
        reconnectPeriod: RECONNECT_MS,
        properties: version === 5 ? { sessionExpiryInterval: EXPIRY_SECONDS } : undefined,
    });
    client.on('error', () => {}); // It connects again.
    return client;
}

export function runPublish(host, port, version, topic, name, qos, count, size) {
    const client = start(host, port, version, name);
    let isReady = false;
    let allowed = 0;
    let begun = 0;
    let done = 0;
    const finish = error => {
        // It holds a PUBCOMP with 0x92 for an error. That is how a PUBREL is answered once more
        // when the first PUBCOMP was lost.
        if (error && error.code !== PACKET_ID_NOT_FOUND) throw error;
        done++;
        if (done === count) client.end(false, () => process.exit(0));
        else fill();
    };
    const fill = () => {
        // What is published between CONNACK and this event is given up when the connection ends:
        // see _flushStoreProcessingQueue of MQTT.js.
        for (; isReady && begun < allowed && begun - done < MOST_PENDING; begun++) {
            if (size === 0) client.publish(`${topic}/${name}/${begun}`, '', { qos }, finish);
            else {
                const payload = `${name}:${begun}:`.padEnd(size, '.');
                client.publish(`${topic}/${name}`, payload, { qos }, finish);
            }
        }
    };
    createInterface({ input: process.stdin }).on('line', line => {
        allowed += Number(line);
        fill();
    });
    client.on('close', () => { isReady = false; });
    client.on('connect', () => {
        isReady = true;
        fill();
    });
}

export function runSubscribe(host, port, version, topic, name, qos) {
    const client = start(host, port, version, name);
    client.on('connect', () => client.subscribe(`${topic}/#`, { qos }, error => {
        if (!error) process.stdout.write('subscribed\n');
    }));
    client.on('message', (from, payload) =>
        process.stdout.write(`${from}\t${payload.length}\t${payload}\n`));
    process.stdin.resume();
    process.stdin.on('end', () => process.exit(0));
}
