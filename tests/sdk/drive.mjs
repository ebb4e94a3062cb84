// The official Node SDK, unmodified, takes logins through the sandbox the legacy way.

import Kernel, { ConflictError, NotFoundError } from '@onkernel/sdk';
import assert from 'node:assert/strict';

const PAGE = 10;
const CONNECTIONS = 45;

const client = new Kernel({ apiKey: 'sk_sandbox', baseURL: process.env.KERNEL_BASE_URL });
const { connections } = client.auth;

const say = (text) => console.log(`  node: ${text}`);

async function create() {
  const ids = [];
  for (let number = 0; number < CONNECTIONS; number += 1) {
    const body = { domain: `n${number}.password.example`, profile_name: 'node' };
    ids.push((await connections.create(body)).id);
  }
  const again = { domain: 'n0.password.example', profile_name: 'node' };
  await assert.rejects(connections.create(again, { maxRetries: 0 }), (error) => {
    assert.ok(error instanceof ConflictError);
    assert.equal(error.error.existing_id, ids[0]);
    return true;
  });
  say(`created ${ids.length} connections, and was refused a double`);
  return ids;
}

async function listPages(ids) {
  const listed = [];
  let pages = 0;
  const first = await connections.list({ profile_name: 'node', limit: PAGE });
  for await (const page of first.iterPages()) {
    pages += 1;
    listed.push(...page.getPaginatedItems().map((item) => item.id));
  }
  assert.deepEqual(listed.toSorted(), ids.toSorted());
  assert.equal(pages, 5);
  say(`listed them over ${pages} pages`);
}

/** What is asked, in the only words this SDK has for it. */
const question = ({ discovered_fields, mfa_options, sign_in_options, pending_sso_buttons }) =>
  [discovered_fields, mfa_options, sign_in_options, pending_sso_buttons].some((it) => it?.length);

async function logIn(domain, answers) {
  const { id } = await connections.create({ domain, profile_name: 'node-login' });
  const login = await connections.login(id);
  assert.equal(login.flow_type, 'LOGIN');
  const stream = await connections.follow(id);
  let answered = 0;
  let end;
  for await (const event of stream) {
    if (event.event !== 'managed_auth_state') continue;
    end = event.flow_status;
    if (event.flow_step !== 'AWAITING_INPUT' || !question(event)) continue;
    assert.deepEqual(await connections.submit(id, answers[answered]), { accepted: true });
    answered += 1;
  }
  assert.equal(end, 'SUCCESS');
  assert.equal(answered, answers.length);
  assert.equal((await connections.retrieve(id)).status, 'AUTHENTICATED');
  say(`logged in to ${domain} with ${answered} legacy answers`);
  return id;
}

async function history(id) {
  const page = await connections.timeline(id, { type: 'login' });
  const found = page.getPaginatedItems().map(({ type, status }) => ({ type, status }));
  assert.deepEqual(found, [{ type: 'login', status: 'SUCCESS' }]);
  say('read the timeline');
}

async function remove(ids) {
  for (const id of ids) await connections.delete(id);
  await assert.rejects(connections.retrieve(ids[0]), NotFoundError);
  say(`deleted ${ids.length} connections`);
}

const password = { fields: { username: 'ada@example.com', password: 'correct horse' } };
const code = { fields: { code: '123456' } };
const wrong = { fields: { code: '000000' } };

const ids = await create();
await listPages(ids);
ids.push(await logIn('demo.example', [password, wrong, code]));
ids.push(await logIn('two-phones.legacy.example', [password, { mfa_option_id: 'sms' }, code]));
ids.push(
  await logIn('sso.legacy.example', [
    { sso_provider: 'google' },
    { fields: { username: 'ada@example.com' } },
    { fields: { password: 'correct horse' } },
  ]),
);
await history(ids.at(-1));
await remove(ids);
