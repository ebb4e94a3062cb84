// Shows the pictures of the remote browser as they come. It keeps nothing and asks nothing of its
// origin, so that it works in a frame that has none.

const screen = document.getElementById('screen');
const act = document.getElementById('act');
const state = document.getElementById('state');
let socket;
let over = false;

function show(message) {
  if (message.over) return end();
  if (message.refused) return say(message.refused);
  say('');
  screen.src = `data:image/svg+xml,${encodeURIComponent(message.picture)}`;
  if (act) act.hidden = !message.can_act;
}

function say(text) {
  state.textContent = text;
  state.hidden = !text;
}

function end() {
  over = true;
  const note = document.createElement('p');
  note.className = 'over';
  note.setAttribute('role', 'status');
  note.textContent = 'This live view has ended.';
  document.title = 'Live view ended';
  document.body.replaceChildren(note);
}

function follow() {
  socket = new WebSocket(document.body.dataset.follow);
  socket.onmessage = (event) => show(JSON.parse(event.data));
  socket.onclose = () => {
    if (over) return;
    say('The connection to the remote browser is lost. Trying again…');
    setTimeout(follow, 1000);
  };
}

// Not the form's own way: a frame may be forbidden to send forms.
act?.querySelector('button').addEventListener('click', (event) => {
  event.preventDefault();
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ done: true }));
});

follow();
