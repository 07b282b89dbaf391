// The scenario `flood`: many MQTT.js publishers against one subscriber, all in this process.
// Never more than `window` messages are under way, so that no queue limit of the broker,
// however small, can cost a message. Each payload is "publisher:sequence".
import mqtt from 'mqtt';
import { connectOptions, emit } from './common.mjs';

const BATCH = 500;
const DEADLINE_MS = 110_000;

export async function runFlood(host, port, version, topic, publisherCount, messages, window) {
    const connect = () => mqtt.connectAsync(connectOptions(host, port, version));
    const subscriber = await connect();
    const publishers = await Promise.all(Array.from({ length: publisherCount }, connect));
    await subscriber.subscribeAsync(`${topic}/#`);

    const total = publisherCount * messages;
    let sent = 0;
    let received = 0;
    let batch = [];
    const flush = () => {
        emit('batch', { payloads: batch });
        batch = [];
    };
    const publish = () => {
        for (; sent < total && sent - received < window; sent++) {
            const publisher = sent % publisherCount;
            const sequence = Math.floor(sent / publisherCount);
            publishers[publisher].publish(`${topic}/${publisher}`, `${publisher}:${sequence}`);
        }
    };
    await new Promise(resolve => {
        const deadline = setTimeout(resolve, DEADLINE_MS);
        subscriber.on('message', (_topic, payload) => {
            received++;
            if (batch.push(payload.toString()) === BATCH) flush();
            publish();
            if (received === total) {
                clearTimeout(deadline);
                resolve();
            }
        });
        publish();
    });
    flush();
    emit('done');
    await Promise.all([subscriber, ...publishers].map(client => client.endAsync()));
}
