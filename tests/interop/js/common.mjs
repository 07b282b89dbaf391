export function emit(event, fields = {}) {
    process.stdout.write(JSON.stringify({ event, ...fields }) + '\n');
}

export function connectOptions(host, port, version, clientId = '') {
    return {
        host, port, clientId,
        protocol: 'mqtt',
        protocolVersion: version,
        clean: true,
        reconnectPeriod: 0,
        resubscribe: false,
    };
}
