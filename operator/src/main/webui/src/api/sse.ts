/** One event of a `text/event-stream`. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** How much of one event is kept. A server that never ends a line must not fill the memory of the page. */
const LONGEST = 8 * 1024 * 1024;

/**
 * Reads events from bytes that may be cut anywhere: within a character, within a line end, within a field.
 * An event that the stream does not finish is never told, as the specification says.
 */
export function eventParser(): (bytes: Uint8Array) => ServerEvent[] {
  // The decoder takes a byte order mark away and keeps half a character for the next piece.
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let afterReturn = false;
  let event = '';
  let data: string[] = [];

  function line(text: string, events: ServerEvent[]): void {
    if (text === '') {
      if (data.length > 0) {
        events.push({ event: event || 'message', data: data.join('\n') });
      }
      event = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) {
      return; // a comment, which keeps the connection alive
    }
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(text[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') {
      event = value;
    } else if (field === 'data') {
      data.push(value);
    }
  }

  return (bytes) => {
    const events: ServerEvent[] = [];
    let text = decoder.decode(bytes, { stream: true });
    if (afterReturn && text !== '') {
      // The piece before ended between the two signs of one line end.
      text = text[0] === '\n' ? text.slice(1) : text;
      afterReturn = false;
    }
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const sign = text.charCodeAt(at);
      if (sign !== 10 && sign !== 13) {
        continue;
      }
      line(rest + text.slice(from, at), events);
      rest = '';
      if (sign === 13) {
        if (at + 1 === text.length) {
          afterReturn = true;
        } else if (text.charCodeAt(at + 1) === 10) {
          at++;
        }
      }
      from = at + 1;
    }
    rest += text.slice(from);
    if (rest.length > LONGEST) {
      throw new RangeError('An event of the stream has no end.');
    }
    return events;
  };
}
