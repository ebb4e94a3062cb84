// Follows logins with the official Node SDK, unmodified, as many at once as it is told to.
//
// The first line on standard input is a JSON list of connections. Each line after it asks for what
// has come since the line before; the answers are JSON lines: how many streams are open, and how
// many milliseconds each event had been on its way.

import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import Kernel from '../sdk/node_modules/@onkernel/sdk/index.mjs';

const sdk = new URL('../sdk/node_modules/@onkernel/sdk/package.json', import.meta.url);
const { name, version } = JSON.parse(readFileSync(sdk, 'utf8'));
const { connections } = new Kernel({
  apiKey: 'sk_sandbox',
  baseURL: process.env.KERNEL_BASE_URL,
}).auth;

let open = 0;
let delays = [];

async function follow(id) {
  const stream = await connections.follow(id);
  open += 1;
  for await (const event of stream) {
    const spoken = event.external_action_message?.split(' at ')[1];
    if (spoken) delays.push(Date.now() - Number(spoken));
  }
  open -= 1;
}

const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const lines = createInterface({ input: process.stdin });
lines.once('line', (first) => {
  // What goes wrong is thrown to nobody, and ends this process.
  for (const id of JSON.parse(first)) void follow(id);
  tell({ runs_on: `Node ${process.version}`, sdk: `${name} ${version}` });
  lines.on('line', () => {
    tell({ open, delays });
    delays = [];
  });
});
lines.once('close', () => process.exit());
