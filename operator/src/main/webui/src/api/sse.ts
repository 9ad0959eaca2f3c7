/** One event of a stream, as it was sent. */
export interface Sent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Puts events together from pieces that are cut anywhere, also between CR and LF. */
export class SseParser {
  #line = '';
  #event = '';
  #data: string[] = [];
  #id = '';
  #afterReturn = false;

  /** The events that are complete by now. */
  push(text: string): Sent[] {
    const events: Sent[] = [];
    for (const sign of text) {
      if (sign === '\n' && this.#afterReturn) {
        this.#afterReturn = false;
      } else if (sign === '\n' || sign === '\r') {
        this.#afterReturn = sign === '\r';
        this.#take(events);
      } else {
        this.#afterReturn = false;
        this.#line += sign;
      }
    }
    return events;
  }

  #take(events: Sent[]): void {
    const line = this.#line;
    this.#line = '';
    if (line === '') {
      if (this.#data.length > 0) {
        events.push({ id: this.#id, event: this.#event || 'message', data: this.#data.join('\n') });
      }
      this.#event = '';
      this.#data = [];
      return;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line.charAt(colon + 1) === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') {
      this.#data.push(value);
    } else if (name === 'event') {
      this.#event = value;
    } else if (name === 'id') {
      this.#id = value;
    }
  }
}

/** Reads events until there are no more; a connection on which nothing comes for `silenceMs` is given up. */
export async function* readEvents(response: Response, silenceMs: number): AsyncGenerator<Sent> {
  const reader = response.body?.getReader();
  if (reader === undefined) {
    return;
  }
  const decoder = new TextDecoder();
  const parser = new SseParser();
  try {
    for (;;) {
      const piece = await withinSilence(reader.read(), silenceMs);
      if (piece === undefined || piece.done) {
        return;
      }
      yield* parser.push(decoder.decode(piece.value, { stream: true }));
    }
  } finally {
    // Not waited for: a dead connection may never say that it was closed.
    reader.cancel().catch(() => {});
  }
}

async function withinSilence<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
