import { describe, expect, it } from 'vitest';
import { eventParser, type ServerEvent } from '../../src/api/sse';

const STREAM =
  '\uFEFF: hello\r\n\r\nevent: start\r\ndata: {"model":"é🙂"}\r\n\r\nevent:text\rdata: {"t":"a"}\rdata:{"u":1}\r\rid: 7\nretry: 10\ndata\n\n' +
  'nonsense\n\nevent: text\ndata:  two spaces: and a colon\n\nevent: lost\n\nevent: never\ndata: ended\n';

const EVENTS: ServerEvent[] = [
  { event: 'start', data: '{"model":"é🙂"}' },
  { event: 'text', data: '{"t":"a"}\n{"u":1}' },
  { event: 'message', data: '' },
  { event: 'text', data: ' two spaces: and a colon' },
];

describe('the parser of event streams', () => {
  const bytes = new TextEncoder().encode(STREAM);

  it('reads the same events wherever the bytes are cut', () => {
    for (let at = 0; at <= bytes.length; at++) {
      const parse = eventParser();
      expect([...parse(bytes.slice(0, at)), ...parse(bytes.slice(at))], `cut at ${at}`).toEqual(EVENTS);
    }
  });

  it('reads the same events byte by byte, with nothing in between', () => {
    const parse = eventParser();
    const events = [...bytes].flatMap((byte) => [...parse(Uint8Array.of(byte)), ...parse(new Uint8Array())]);
    expect(events).toEqual(EVENTS);
  });

  it('reads any line end wherever two cuts fall', () => {
    for (const end of ['\n', '\r', '\r\n']) {
      const some = new TextEncoder().encode(['event: a', 'data: 1', '', 'data: 2', 'data: 3', '', ''].join(end));
      for (let one = 0; one <= some.length; one++) {
        for (let two = one; two <= some.length; two++) {
          const parse = eventParser();
          const events = [some.slice(0, one), some.slice(one, two), some.slice(two)].flatMap((part) => parse(part));
          // A lone return at the very end may be the first half of a line end, and is one all the same.
          expect(events, JSON.stringify([end, one, two])).toEqual([
            { event: 'a', data: '1' },
            { event: 'message', data: '2\n3' },
          ]);
        }
      }
    }
  });

  it('does not tell an event that is not finished', () => {
    expect(eventParser()(new TextEncoder().encode('data: half\n'))).toEqual([]);
  });

  it('does not keep a line without an end for ever', () => {
    const parse = eventParser();
    const piece = new TextEncoder().encode('x'.repeat(1024 * 1024));
    expect(() => {
      for (let n = 0; n < 10; n++) {
        parse(piece);
      }
    }).toThrow(RangeError);
  });
});
