import { describe, expect, it } from 'vitest';
import { Client } from '../../src/api/client';
import { ask, type ChatEvent } from '../../src/api/chat';

const QUESTION = { model: 'default.echo:echo', messages: [{ role: 'user' as const, content: 'hi' }] };

async function heardFrom(answer: Response | Error, signal = new AbortController().signal): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  const client = new Client((async () => {
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }) as typeof fetch);
  await ask(QUESTION, { signal, tell: (event) => events.push(event) }, client);
  return events;
}

function stream(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
}

const PROBLEM = { 'content-type': 'application/problem+json' };

const START = 'event: start\ndata: {"model":"echo","sent":{"temperature":0.2},"dropped":[]}\n\n';
const TEXT = 'event: text\ndata: {"t":"hello"}\n\n';
const DONE = 'event: done\ndata: {"finish":"Stop","ttftMs":3,"totalMs":9,"cost":"0.0001"}\n\n';

describe('asking a model', () => {
  it('tells what comes, until the end', async () => {
    const usage = 'event: usage\ndata: {"input":1,"output":2}\n\n';
    expect(await heardFrom(stream(START + ': ping\n\n' + TEXT + usage + DONE + TEXT))).toEqual([
      { kind: 'start', model: 'echo', sent: { temperature: 0.2 }, dropped: [] },
      { kind: 'text', text: 'hello' },
      { kind: 'usage', usage: { input: 1, output: 2 } },
      { kind: 'done', finish: 'Stop', ttftMs: 3, totalMs: 9, cost: '0.0001' },
    ]);
  });

  it('tells the same wherever the stream is cut into pieces', async () => {
    const bytes = new TextEncoder().encode(START + 'event: text\r\ndata: {"t":"é🙂"}\r\n\r\n' + DONE);
    const once = await heardFrom(stream(new TextDecoder().decode(bytes)));
    expect(once[1]).toEqual({ kind: 'text', text: 'é🙂' });
    for (let at = 0; at <= bytes.length; at++) {
      const pieces = new ReadableStream<Uint8Array>({
        start(to) {
          to.enqueue(bytes.slice(0, at));
          to.enqueue(bytes.slice(at));
          to.close();
        },
      });
      const cut = new Response(pieces, { headers: { 'content-type': 'text/event-stream' } });
      expect(await heardFrom(cut), `cut at ${at}`).toEqual(once);
    }
  });

  it('leaves out events that it does not know, and those that it cannot read', async () => {
    const odd = 'event: news\ndata: {}\n\nevent: text\ndata: {"t":\n\nevent: text\ndata: [1]\n\n';
    expect((await heardFrom(stream(odd + DONE))).map((one) => one.kind)).toEqual(['done']);
  });

  it('says so when the stream ends before its end', async () => {
    expect((await heardFrom(stream(START + TEXT))).map((one) => one.kind)).toEqual(['start', 'text', 'cut']);
  });

  it('says so when the connection breaks in the middle', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start(to) {
        to.enqueue(new TextEncoder().encode(START + TEXT));
      },
      pull(to) {
        to.error(new TypeError('network error'));
      },
    });
    const response = new Response(broken, { headers: { 'content-type': 'text/event-stream' } });
    expect((await heardFrom(response)).at(-1)).toEqual({ kind: 'cut' });
  });

  it('is offline when nothing can be sent', async () => {
    expect(await heardFrom(new TypeError('Failed to fetch'))).toEqual([{ kind: 'offline' }]);
  });

  it('says nothing more once it was stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await heardFrom(new DOMException('stopped', 'AbortError'), stop.signal)).toEqual([]);
    expect(await heardFrom(stream(START + TEXT + DONE), stop.signal)).toEqual([]);
  });

  it('reads a problem, and how long to wait', async () => {
    const body = {
      type: 'https://llmconfig.dev/problems/TooManyRequests',
      title: 'Too many',
      status: 429,
      detail: 'There are at most 30 chats in a minute for each caller.',
      reason: 'TooManyRequests',
      action: 'Wait.',
      requestId: 'r-1',
    };
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '17' };
    expect(await heardFrom(new Response(JSON.stringify(body), { status: 429, headers }))).toEqual([
      {
        kind: 'problem',
        problem: {
          reason: 'TooManyRequests',
          detail: body.detail,
          action: 'Wait.',
          requestId: 'r-1',
          retryAfterSeconds: 17,
        },
      },
    ]);
  });

  it('adds what is wrong with single fields', async () => {
    const body = {
      status: 422,
      reason: 'Invalid',
      detail: 'Not valid.',
      action: 'Correct it.',
      problems: [{ field: 'parameters.topP', reason: 'Invalid', message: 'topP has a value of another type.' }],
    };
    const [event] = await heardFrom(new Response(JSON.stringify(body), { status: 422, headers: PROBLEM }));
    expect(event?.kind === 'problem' && event.problem.detail).toBe('Not valid. topP has a value of another type.');
  });

  it.each([
    ['an error with status 200', '{"error":{"message":"<img src=x> no"}}', 200],
    ['a page of a proxy', '<html>Bad gateway</html>', 502],
    ['nothing', '', 200],
    ['a number', '7', 200],
    ['a list', '[]', 200],
    ['null', 'null', 503],
  ])('does not take %s for an answer, and shows none of its words', async (_, text, status) => {
    const [event, ...more] = await heardFrom(new Response(text, { status }));
    expect(more).toEqual([]);
    expect(event?.kind).toBe('problem');
    expect(JSON.stringify(event)).not.toContain('img');
    expect(event?.kind === 'problem' && event.problem).toMatchObject({ reason: 'UnexpectedAnswer' });
  });

  it('reads an answer that came in one piece', async () => {
    const body = { model: 'echo', sent: {}, dropped: [], text: 'hi', reasoning: 'hm', finish: 'Stop', totalMs: 1 };
    const kinds = (await heardFrom(new Response(JSON.stringify(body)))).map((one) => one.kind);
    expect(kinds).toEqual(['start', 'reasoning', 'text', 'done']);
  });

  it('reads a problem within a stream', async () => {
    const problem = 'event: problem\ndata: {"reason":"StreamBroken","detail":"It broke.","action":"Again.","status":502}\n\n';
    expect((await heardFrom(stream(START + TEXT + problem))).at(-1)).toEqual({
      kind: 'problem',
      problem: { reason: 'StreamBroken', detail: 'It broke.', action: 'Again.' },
    });
  });
});
