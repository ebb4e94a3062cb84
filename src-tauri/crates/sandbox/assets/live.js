// Shows the pictures of the remote browser as they come.

const screen = document.getElementById('screen');
const act = document.getElementById('act');

function show(message) {
  if (message.over) return end();
  screen.src = `data:image/svg+xml,${encodeURIComponent(message.picture)}`;
  if (act) act.hidden = !message.can_act;
}

function end() {
  const note = document.createElement('p');
  note.className = 'over';
  note.setAttribute('role', 'status');
  note.textContent = 'This live view has ended.';
  document.body.replaceChildren(note);
}

function follow() {
  const socket = new WebSocket(document.body.dataset.follow);
  socket.onmessage = (event) => show(JSON.parse(event.data));
  socket.onclose = (event) => {
    if (!event.wasClean && document.contains(screen)) setTimeout(follow, 1000);
  };
}

follow();
