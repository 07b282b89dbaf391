// Drives MQTT.js for the interop tests: `node driver.mjs SCENARIO ARGUMENTS...`, with the
// scenarios, commands and answers of ../py/driver.py.
import { runClient } from './client.mjs';
import { runPublish, runSubscribe } from './cut.mjs';
import { runFlood } from './flood.mjs';

const [scenario, host, port, version, topic, ...numbers] = process.argv.slice(2);
if (scenario === 'client') {
    runClient(host, Number(port), Number(version));
} else if (scenario === 'flood') {
    await runFlood(host, Number(port), Number(version), topic, ...numbers.map(Number));
} else if (scenario === 'publish' || scenario === 'subscribe') {
    const run = scenario === 'publish' ? runPublish : runSubscribe;
    const [name, ...rest] = numbers;
    run(host, Number(port), Number(version), topic, name, ...rest.map(Number));
} else {
    console.error(`unknown scenario ${scenario}`);
    process.exitCode = 2;
}
