// Tries whatever a page can try against the one who shows it, and reports how far each try came.
// Outcomes: `reached`, `refused:<why>`, `survived` (found from an earlier load), and `tried` where
// only the world outside can tell; what is led to the report's own address then says `reached`.

const reports = document.body.dataset.reports;
const MARK = 'hostile-was-here';
const PATIENCE = 2000;
/** Time for somebody to press something, before it leaves. */
const REST = 4000;
const COMMANDS = [
  'watch_console', 'watch_login', 'ready', 'begin', 'dismiss_link', 'answer', 'check_again',
  'open_page', 'open_link', 'close_window', 'plugin:app|version',
];

function address(name, outcome) {
  const query = new URLSearchParams({ try: name, outcome });
  return `${reports}/report?${query}`;
}

function report(name, outcome) {
  const target = address(name, outcome);
  const sent = fetch(target, { mode: 'no-cors', keepalive: true });
  sent.catch(() => { new Image().src = target; });
}

/** Runs one try: what it throws is why it was refused, what it returns is the outcome. */
async function attempt(name, action) {
  const late = setTimeout(() => report(name, 'refused:no answer'), PATIENCE);
  let outcome;
  try {
    outcome = (await action()) ?? 'reached';
  } catch (error) {
    outcome = `refused:${error?.message || error?.name || error}`;
  }
  clearTimeout(late);
  report(name, outcome);
}

function need(thing, why = 'absent') {
  if (!thing) throw new Error(why);
  return thing;
}

/** The windows around this one, if there are any. */
function outer(which) {
  return need(window[which] !== window && window[which], 'not framed');
}

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function link(attributes) {
  const made = Object.assign(document.createElement('a'), attributes);
  document.body.append(made);
  made.click();
  made.remove();
  return 'tried';
}

function kept(storage) {
  const before = storage.getItem('hostile');
  storage.setItem('hostile', MARK);
  need(storage.getItem('hostile') === MARK, 'not kept');
  return before ? 'survived' : 'reached';
}

async function database() {
  const request = indexedDB.open('hostile', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('marks');
  const opened = await settled(request);
  const marks = opened.transaction('marks', 'readwrite').objectStore('marks');
  const before = await settled(marks.get('mark'));
  await settled(marks.put(MARK, 'mark'));
  return before ? 'survived' : 'reached';
}

function cookie() {
  const before = document.cookie.includes(MARK);
  document.cookie = `hostile=${MARK}; max-age=999999`;
  need(document.cookie.includes(MARK), 'not kept');
  return before ? 'survived' : 'reached';
}

async function cached() {
  const cache = await need(window.caches).open('hostile');
  const before = await cache.match('/sandbox/assets/hostile.js');
  await cache.put('/sandbox/assets/hostile.js', new Response(MARK));
  return before ? 'survived' : 'reached';
}

async function worker() {
  const workers = need(navigator.serviceWorker);
  const before = await workers.getRegistration('/sandbox/assets/');
  await workers.register('/sandbox/assets/hostile-worker.js');
  return before ? 'survived' : 'reached';
}

async function fetchIpc(target) {
  const answer = await fetch(target, { method: 'POST', body: '{}' });
  need(answer.ok, `status ${answer.status}`);
}

function copy() {
  getSelection().selectAllChildren(document.getElementById('bait'));
  need(document.execCommand('copy'), 'false');
}

const devices = () => need(navigator.mediaDevices);
const clipboard = () => need(navigator.clipboard);
const media = async (wanted) => { await devices().getUserMedia(wanted); };

/** What a press makes possible that is not possible otherwise, where anything is. */
const WITH_A_PRESS = {
  'clipboard-write': () => clipboard().writeText(MARK),
  'copy-command': copy,
  'window-open': () => { need(window.open(address('window-open-loaded', 'reached')), 'null'); },
  'blank-link': (name) => link({ href: address(name, 'reached'), target: '_blank' }),
  'top-location': (name) => { outer('top').location = address(name, 'reached'); return 'tried'; },
  'top-link': (name) => {
    outer('top');
    return link({ href: address(name, 'reached'), target: '_top' });
  },
  'download-link': (name) => link({ href: `${reports}/file?try=${name}`, download: 'hostile.txt' }),
  'download-navigation': (name) => {
    location.href = `${reports}/file?try=${name}`;
    return 'tried';
  },
};

/** Only by its own button, as WebKit asks the person then and stands still until they answer. */
const WITH_THE_BUTTON = {
  'clipboard-read': async () => { await clipboard().readText(); },
};

const BY_ITSELF = {
  'tauri-internals': () => { need(window.__TAURI_INTERNALS__); },
  'tauri-global': () => { need(window.__TAURI__); },
  'parent-document': () => { need(outer('parent').document.title !== undefined); },
  'top-document': () => { need(outer('top').document.title !== undefined); },
  'parent-location': () => { need(outer('parent').location.href); },
  'ipc-fetch': () => fetchIpc('ipc://localhost/plugin%3Aapp%7Cversion'),
  'ipc-fetch-http': () => fetchIpc('http://ipc.localhost/plugin%3Aapp%7Cversion'),
  camera: () => media({ video: true }),
  microphone: () => media({ audio: true }),
  geolocation: () => new Promise((resolve, reject) => {
    need(navigator.geolocation).getCurrentPosition(() => resolve(), reject);
  }),
  notification: async () => {
    const given = await need(window.Notification).requestPermission();
    need(given === 'granted', given);
  },
  localStorage: () => kept(window.localStorage),
  sessionStorage: () => kept(window.sessionStorage),
  indexedDB: database,
  cookie,
  caches: cached,
  'service-worker': worker,
};

for (const command of COMMANDS) {
  BY_ITSELF[`invoke:${command}`] = async () => {
    await need(window.__TAURI_INTERNALS__).invoke(command);
  };
  BY_ITSELF[`ipc-message:${command}`] = () => {
    const message = { cmd: command, callback: 1, error: 2, payload: {}, options: {} };
    need(window.webkit?.messageHandlers?.ipc).postMessage(JSON.stringify(message));
  };
}

const DIALOGS = {
  alert: () => { alert(MARK); },
  confirm: () => { confirm(MARK); },
  prompt: () => { prompt(MARK); },
};

/** Leaves, if it can: whoever is still here afterwards did not. */
async function leave(name, target) {
  report(name, 'tried');
  await pause(300);
  try {
    location.href = target;
  } catch (error) {
    return report(name, `refused:${error.message}`);
  }
  await pause(1500);
  report(name, 'refused:still here');
}

const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

function all(tries, prefix = '') {
  const run = ([name, action]) => attempt(prefix + name, () => action(prefix + name));
  return Promise.all(Object.entries(tries).map(run));
}

async function begin() {
  report('loaded', 'reached');
  const waited = pause(PATIENCE + 500);
  await Promise.race([all({ ...BY_ITSELF, ...WITH_A_PRESS, ...WITH_THE_BUTTON }), waited]);
  report('done', 'reached');
  if (new URLSearchParams(location.search).get('dialogs') === '1') await all(DIALOGS);
  await pause(REST);
  await leave('own-scheme', 'usher://login/x?code=y');
  // Another origin that can answer, where a browser's own error page would tell nothing.
  const other = address('own-other-origin', 'reached').replace('127.0.0.1', 'localhost');
  await leave('own-other-origin', other);
  await leave('own-elsewhere', 'https://elsewhere.invalid/');
}

document.addEventListener('click', (event) => {
  // Its own presses of links are not a person's.
  if (!event.isTrusted) return;
  all(event.target.id === 'paste' ? WITH_THE_BUTTON : WITH_A_PRESS, 'clicked-');
}, true);

begin();
