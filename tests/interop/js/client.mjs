// The scenario `client`: one MQTT.js client that does what the lines on stdin say.
import { createInterface } from 'node:readline';
import mqtt from 'mqtt';
import { connectOptions, emit } from './common.mjs';

const PROPERTIES = {
    contentType: 'contentType',
    responseTopic: 'responseTopic',
    messageExpiry: 'messageExpiryInterval',
};

function toProperties(message) {
    const properties = {};
    for (const [name, theirs] of Object.entries(PROPERTIES)) {
        if (message[name] != null) properties[theirs] = message[name];
    }
    if (message.payloadFormat != null) {
        properties.payloadFormatIndicator = message.payloadFormat === 1;
    }
    if (message.correlationData != null) {
        properties.correlationData = Buffer.from(message.correlationData, 'base64');
    }
    if (message.userProperties?.length > 0) {
        properties.userProperties = {};
        for (const [key, value] of message.userProperties) {
            (properties.userProperties[key] ??= []).push(value);
        }
    }
    return properties;
}

function toMessage(topic, payload, packet) {
    const message = { topic, payload: payload.toString('base64'), qos: packet.qos,
        retain: packet.retain };
    const properties = packet.properties;
    if (properties === undefined) return message;
    for (const [name, theirs] of Object.entries(PROPERTIES)) {
        if (properties[theirs] !== undefined) message[name] = properties[theirs];
    }
    if (properties.payloadFormatIndicator !== undefined) {
        message.payloadFormat = Number(properties.payloadFormatIndicator);
    }
    message.correlationData = properties.correlationData?.toString('base64');
    // MQTT.js keeps user properties in an object, so values of one name come grouped.
    message.userProperties = Object.entries(properties.userProperties ?? {})
        .flatMap(([key, values]) => [values].flat().map(value => [key, value]));
    return message;
}

class Driver {
    #host;
    #port;
    #version;
    #client = null;
    #disconnectReason = null;

    constructor(host, port, version) {
        this.#host = host;
        this.#port = port;
        this.#version = version;
    }

    execute(command) {
        this[command.do](command);
    }

    connect({ clientId, will }) {
        const options = connectOptions(this.#host, this.#port, this.#version, clientId);
        if (will != null) {
            options.will = { topic: will.topic, payload: Buffer.from(will.payload, 'base64'),
                qos: will.qos, retain: will.retain };
            if (this.#version === 5) options.will.properties = toProperties(will);
        }
        const client = this.#client = mqtt.connect(options);
        this.#client.on('connect', packet => emit('connack', {
            reasons: [packet.reasonCode ?? packet.returnCode],
            clientId: packet.properties?.assignedClientIdentifier }));
        this.#client.on('message', (topic, payload, packet) =>
            emit('message', { message: toMessage(topic, payload, packet) }));
        this.#client.on('disconnect', packet => { this.#disconnectReason = packet.reasonCode; });
        this.#client.on('error', error => console.error(error.message));
        this.#client.on('close', () => {
            if (!client.isLeaving) emit('closed', { reason: this.#disconnectReason });
        });
    }

    subscribe({ filter, qos, noLocal, retainAsPublished, retainHandling }) {
        const options = { qos };
        if (this.#version === 5) {
            Object.assign(options, { nl: noLocal, rap: retainAsPublished, rh: retainHandling });
        }
        this.#client.subscribe(filter, options, (error, _granted, packet) =>
            emit('suback', { reasons: packet?.granted ?? [error?.code ?? 0x80] }));
    }

    unsubscribe({ filter }) {
        this.#client.unsubscribe(filter, (_error, packet) =>
            emit('unsuback', { reasons: [packet?.granted ?? []].flat() }));
    }

    publish({ message }) {
        const options = { qos: message.qos, retain: message.retain };
        if (this.#version === 5) options.properties = toProperties(message);
        this.#client.publish(message.topic, Buffer.from(message.payload, 'base64'), options,
            error => {
                if (error) console.error(error.message);
                else emit('published');
            });
    }

    disconnect() {
        this.#client.isLeaving = true;
        this.#client.end(false, () => emit('disconnected'));
    }
}

export function runClient(host, port, version) {
    const driver = new Driver(host, port, version);
    const lines = createInterface({ input: process.stdin });
    lines.on('line', line => driver.execute(JSON.parse(line)));
    lines.on('close', () => process.exit(0));
}
