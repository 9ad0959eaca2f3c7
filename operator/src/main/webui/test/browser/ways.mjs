// How scenarios on a cluster come to the sidecar: by the form, as somebody else, and on ways that are worse than a straight one.
import { request } from 'node:http';
import { enter as signIn } from './cluster/10-door.mjs';
import { eventually, listening } from './harness.mjs';

/**
 * Signs in by the form. The first question to the API server is asked before: on a busy machine it may take longer than
 * the sidecar waits for it, and that is another story.
 */
export async function enter({ page, base }, token, hash = '') {
  await eventually('the API server knows the token', async () => {
    const answer = await fetch(`${base}api/session`, { headers: { authorization: `Bearer ${token}` } });
    return answer.ok && (await answer.json()).signedIn;
  });
  await signIn({ page, base }, token, hash);
}

/** Somebody else sits down at the same browser. */
export async function enterAs({ page, base }, token, hash = '') {
  await page.context().clearCookies();
  await page.goto('about:blank');
  await enter({ page, base }, token, hash);
}

/**
 * A way to one or more sidecars on an address of its own: each request goes to the next one, and streams can be cut.
 */
export async function way(...targets) {
  const streams = new Set();
  let turn = 0;
  const { origin, close } = await listening((asked, answer) => {
    const target = new URL(targets[turn++ % targets.length]);
    const stream = asked.url.includes('/api/events');
    const onward = request(
      { host: target.hostname, port: target.port, method: asked.method, path: asked.url, headers: asked.headers, agent: false },
      (come) => {
        answer.writeHead(come.statusCode, come.headers);
        come.pipe(answer);
        come.on('error', () => answer.destroy());
      },
    );
    if (stream) {
      streams.add(answer);
      answer.on('close', () => streams.delete(answer));
    }
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  });
  return {
    base: `${origin}/`,
    streams: () => streams.size,
    cut: () => [...streams].forEach((one) => one.destroy()),
    close,
  };
}
