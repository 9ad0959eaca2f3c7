import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/api/client';
import { Feed, type FeedParts, type Told } from '../../src/api/events';
import { Problem } from '../../src/api/problem';

/** Channels of one browser: each hears the others and not itself. */
function browser() {
  const all: { name: string; onmessage: ((event: MessageEvent) => void) | null }[] = [];
  const channel = (name: string) => {
    const one = {
      name,
      onmessage: null as ((event: MessageEvent) => void) | null,
      postMessage(data: unknown) {
        all.filter((other) => other !== one && other.name === name).forEach((other) => other.onmessage?.({ data } as MessageEvent));
      },
      close() {
        all.splice(all.indexOf(one), 1);
      },
    };
    all.push(one);
    return one as unknown as BroadcastChannel;
  };
  let queue: Promise<unknown> = Promise.resolve();
  const locks = {
    request(_name: string, options: { signal: AbortSignal }, run: () => Promise<void>) {
      const turn = queue.then(() => {
        options.signal.throwIfAborted();
        return run();
      });
      queue = turn.catch(() => {});
      return turn;
    },
  } as unknown as FeedParts['locks'];
  return { channel, locks };
}

interface Line {
  readonly id?: string;
  readonly event: string;
  readonly data: unknown;
}

const text = (lines: readonly Line[]) =>
  lines.map((one) => `${one.id ? `id: ${one.id}\n` : ''}event: ${one.event}\ndata: ${JSON.stringify(one.data)}\n\n`).join('');

/** A server with one script for each connection; the last one stays open. */
function server(scripts: readonly (readonly Line[] | Problem)[]) {
  const asked: Record<string, string>[] = [];
  const queries: unknown[] = [];
  const open = (async (_route: string, request: { signal: AbortSignal; query: unknown }, _accept: string, headers: Record<string, string>) => {
    asked.push(headers);
    queries.push(request.query);
    const script = scripts[asked.length - 1];
    if (script instanceof Problem) {
      throw script;
    }
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text(script ?? [])));
        if (asked.length < scripts.length) {
          controller.close();
        } else {
          request.signal.addEventListener('abort', () => controller.error(new DOMException('', 'AbortError')));
        }
      },
    });
    return { body } as unknown as Response;
  }) as unknown as Client['open'];
  return { open, asked, queries };
}

const hello = (id?: string): Line => ({ ...(id ? { id } : {}), event: 'hello', data: { epoch: 'e', seq: 1, stale: false } });
const upsert = (id: string): Line => ({ id, event: 'upsert', data: { kind: 'Agent', id: 'a.b', item: {} } });

async function until(true_: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !true_(); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(true_()).toBe(true);
}

const soon = () => Promise.resolve();

describe('the feed', () => {
  it('goes on where it was cut off', async () => {
    const { open, asked } = server([[hello('e-1'), upsert('e-7')], [hello()]]);
    const told: Told[] = [];
    const feed = new Feed({ ...browser(), client: { open }, name: 'x', onTold: (one) => told.push(one), pause: soon });
    const running = feed.run();
    await until(() => told.filter((one) => one.event === 'hello').length === 2);
    expect(asked).toEqual([{}, { 'Last-Event-ID': 'e-7' }]);
    expect(told.map((one) => one.event)).toEqual(['link', 'hello', 'upsert', 'link', 'link', 'hello']);
    expect(told.filter((one) => one.event === 'hello').map((one) => one.resumed)).toEqual([false, true]);
    feed.close();
    await running;
  });

  it('is read once by a browser, and all its tabs hear it', async () => {
    const { open, asked } = server([[hello('e-1'), upsert('e-2')]]);
    const parts = { ...browser(), client: { open }, name: 'x', pause: soon };
    const first: Told[] = [];
    const second: Told[] = [];
    const one = new Feed({ ...parts, onTold: (told) => first.push(told) });
    const two = new Feed({ ...parts, onTold: (told) => second.push(told) });
    const running = [one.run(), two.run()];
    await until(() => second.some((told) => told.event === 'upsert'));
    expect(asked).toHaveLength(1);
    expect(second).toEqual(first);
    one.close();
    two.close();
    await Promise.all(running);
  });

  it('is known to be there by a tab that comes later', async () => {
    const { open, asked } = server([[hello('e-1'), upsert('e-2')], [hello()]]);
    const parts = { ...browser(), client: { open }, name: 'x', pause: soon };
    const first: Told[] = [];
    const later: Told[] = [];
    const one = new Feed({ ...parts, onTold: (told) => first.push(told) });
    const running = one.run();
    await until(() => first.some((told) => told.event === 'hello'));
    await until(() => first.filter((told) => told.event === 'hello').length === 2);
    const two = new Feed({ ...parts, onTold: (told) => later.push(told) });
    await until(() => later.length > 0);
    expect(later).toEqual([{ event: 'link', up: true }]);
    expect(asked).toHaveLength(2);
    one.close();
    two.close();
    await running;
  });

  it('is taken over by another tab where the first one was', async () => {
    const { open, asked } = server([[hello('e-1'), upsert('e-9')], [hello()]]);
    const parts = { ...browser(), client: { open }, name: 'x' };
    const heard: Told[] = [];
    const never = () => new Promise<void>(() => {});
    const one = new Feed({ ...parts, onTold: () => {}, pause: (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())) });
    const two = new Feed({ ...parts, onTold: (told) => heard.push(told), pause: never });
    const running = [one.run(), two.run()];
    await until(() => heard.some((told) => told.event === 'upsert'));
    one.close();
    await until(() => asked.length === 2);
    expect(asked[1]).toEqual({ 'Last-Event-ID': 'e-9' });
    two.close();
    await running[0];
  });

  it('says why it was refused and tries again, less and less often', async () => {
    const refused = Problem.own('Unreachable', 'a', 'b');
    const { open } = server([refused, refused, refused, refused, [hello('e-1')]]);
    const told: Told[] = [];
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
    };
    const feed = new Feed({ ...browser(), client: { open }, name: 'x', onTold: (one) => told.push(one), pause });
    const running = feed.run();
    await until(() => told.some((one) => one.event === 'hello'));
    expect(told[0]).toEqual({ event: 'bye', reason: 'Unreachable' });
    expect(pauses).toHaveLength(4);
    expect(pauses[3] as number).toBeGreaterThan((pauses[0] as number) * 2);
    feed.close();
    await running;
  });

  it('asks for the namespaces it was narrowed to, and passes over what it does not know', async () => {
    const { open, queries } = server([[{ event: 'later', data: {} }, hello('e-1'), { event: 'bye', data: { reason: 'Shutdown' } }]]);
    const told: Told[] = [];
    const feed = new Feed({ ...browser(), client: { open }, name: 'x', onTold: (one) => told.push(one), namespaces: () => ['a'] });
    const running = feed.run();
    await until(() => told.some((one) => one.event === 'bye'));
    expect(queries).toEqual([{ namespace: ['a'] }]);
    expect(told.map((one) => one.event)).toEqual(['link', 'hello', 'bye']);
    feed.close();
    await running;
  });
});
