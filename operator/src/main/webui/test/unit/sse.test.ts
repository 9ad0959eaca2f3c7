// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readEvents, SseParser, type Sent } from '../../src/api/sse';

const STREAM = [
  ':\n\n',
  'id: e-1\nevent: hello\ndata: {"epoch":"e","seq":1,"stale":false}\n\n',
  'event: upsert\r\ndata: {"id":"a.ü🙂"}\r\n\r\n',
  'data:one\ndata: two\n\n',
  'event: nothing\n\n',
  'retry: 5\nunknown\nid: e-2\nevent: bye\ndata: {}\n\n',
].join('');

const WHOLE: Sent[] = [
  { id: 'e-1', event: 'hello', data: '{"epoch":"e","seq":1,"stale":false}' },
  { id: 'e-1', event: 'upsert', data: '{"id":"a.ü🙂"}' },
  { id: 'e-1', event: 'message', data: 'one\ntwo' },
  { id: 'e-2', event: 'bye', data: '{}' },
];

function response(pieces: Uint8Array[]): Response {
  return {
    body: new ReadableStream<Uint8Array>({
      start(controller) {
        pieces.forEach((piece) => controller.enqueue(piece));
        controller.close();
      },
    }),
  } as unknown as Response;
}

async function all(from: Response, silence = 1_000): Promise<Sent[]> {
  const events: Sent[] = [];
  for await (const event of readEvents(from, silence)) {
    events.push(event);
  }
  return events;
}

describe('a stream of events', () => {
  it('is read the same whatever byte it is cut at', () => {
    const bytes = new TextEncoder().encode(STREAM);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const decoder = new TextDecoder();
      const parser = new SseParser();
      const pieces = [bytes.slice(0, cut), bytes.slice(cut)].map((piece) => decoder.decode(piece, { stream: true }));
      expect(pieces.flatMap((piece) => parser.push(piece)), `cut at ${cut}`).toEqual(WHOLE);
    }
  });

  it('is read the same byte by byte', async () => {
    const bytes = new TextEncoder().encode(STREAM);
    expect(await all(response([...bytes].map((byte) => Uint8Array.of(byte))))).toEqual(WHOLE);
  });

  it('tells nothing of an event that was not finished', () => {
    expect(new SseParser().push('event: upsert\ndata: {"half":')).toEqual([]);
  });

  it('is given up when nothing comes', async () => {
    const silent = { body: new ReadableStream<Uint8Array>({ start() {} }) } as unknown as Response;
    expect(await all(silent, 10)).toEqual([]);
  });

  it('without a body has no events', async () => {
    expect(await all({ body: null } as unknown as Response)).toEqual([]);
  });
});
