'use strict';
// The page of a sidecar without its Playground: signs in and out, and says who is signed in.
const part = id => document.getElementById(id);
const headers = { 'content-type': 'application/json', 'x-llmconfig-csrf': '1' };

function say(text) {
  part('state').textContent = text;
}

async function problem(answer) {
  const told = await answer.json().catch(() => ({}));
  return [told.detail, told.action].filter(Boolean).join(' ') || 'The server answered ' + answer.status + '.';
}

async function show(words) {
  const session = await (await fetch('api/session', { cache: 'no-store' })).json();
  part('sign-in').hidden = session.signedIn;
  part('sign-out').hidden = !session.signedIn;
  say(words || (session.signedIn ? 'Signed in as ' + session.user + '.' : 'Nobody is signed in.'));
}

async function signIn(token) {
  const answer = await fetch('api/session', { method: 'POST', headers, body: JSON.stringify({ token }) });
  await show(answer.ok ? '' : await problem(answer));
}

part('sign-in').addEventListener('submit', event => {
  event.preventDefault();
  const token = part('token').value;
  part('token').value = '';
  attempt(() => signIn(token));
});

part('sign-out').addEventListener('click', () => attempt(async () => {
  const answer = await fetch('api/session', { method: 'DELETE', headers });
  await show(answer.ok ? '' : await problem(answer));
}));

function attempt(work) {
  work().catch(() => say('The server cannot be reached. Try again.'));
}

// The word is good once: it goes out of the address, and so out of the history, before it is used.
function arrive() {
  const word = new URLSearchParams(location.hash.slice(1)).get('login');
  if (word) {
    history.replaceState(null, '', location.pathname);
  }
  attempt(() => (word ? signIn(word) : show()));
}

window.addEventListener('hashchange', arrive);
arrive();
