import { left, type Client } from './client';
import { toProblem } from './problem';
import { readEvents } from './sse';

export type Kind = 'ApiKeyConfig' | 'ModelConfig' | 'Agent';

/** What is told of a change. `hello` says that a stream begins: what was listed before may be old. */
export type Told =
  | { readonly event: 'hello'; readonly resumed: boolean; readonly stale: boolean }
  | { readonly event: 'upsert'; readonly kind: Kind; readonly id: string; readonly item: unknown }
  | { readonly event: 'delete'; readonly kind: Kind; readonly id: string }
  | { readonly event: 'refresh'; readonly kind: Kind }
  | { readonly event: 'freshness'; readonly stale: boolean; readonly syncedAt: string }
  | { readonly event: 'bye'; readonly reason: string }
  /** Ours: whether the stream is there. */
  | { readonly event: 'link'; readonly up: boolean };

/**
 * What tabs of one browser tell each other; the position lets the next leader go on where the last one was. A tab that
 * comes later tells nothing: it asks.
 */
interface Shared {
  readonly told?: Told;
  readonly at: string;
}

export interface FeedParts {
  readonly client: Pick<Client, 'open'>;
  /** One feed for each: another person or path has another one. */
  readonly name: string;
  readonly onTold: (told: Told) => void;
  /** Only these, when there are too many to ask for all. */
  readonly namespaces?: () => readonly string[];
  readonly locks?: Pick<LockManager, 'request'> | undefined;
  readonly channel?: (name: string) => BroadcastChannel;
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A comment comes every 15 s; after three of them were missed nobody is there. */
const SILENCE_MS = 50_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * What changes, told to every tab over one stream: browsers allow six connections to an address, and the server four
 * streams to a person. The tab that holds the lock reads; it tells the others.
 */
export class Feed {
  readonly #parts: FeedParts;
  readonly #end = new AbortController();
  readonly #channel: BroadcastChannel;
  #at = '';
  /** Whether the stream is there, as long as this tab is the one that reads it. */
  #up: boolean | undefined;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#channel = (parts.channel ?? ((name) => new BroadcastChannel(name)))(parts.name);
    this.#channel.onmessage = ({ data: { told, at } }: MessageEvent<Shared>) => {
      if (told !== undefined) {
        this.#at = at;
        parts.onTold(told);
      } else if (this.#up !== undefined) {
        this.#share({ event: 'link', up: this.#up });
      }
    };
    this.#channel.postMessage({ at: '' } satisfies Shared);
  }

  /** Ends when the feed is closed. */
  async run(): Promise<void> {
    // Browsers have none on plain http; then each tab reads for itself.
    const locks = this.#parts.locks ?? globalThis.navigator?.locks;
    try {
      if (!locks) {
        await this.#lead();
      } else {
        await locks.request(this.#parts.name, { signal: this.#end.signal }, () => this.#lead());
      }
    } catch (thrown) {
      if (!left(thrown)) {
        throw thrown;
      }
    }
  }

  close(): void {
    this.#end.abort();
    this.#channel.close();
  }

  async #lead(): Promise<void> {
    const pause = this.#parts.pause ?? wait;
    let next = FIRST_PAUSE_MS;
    while (!this.#end.signal.aborted) {
      const began = Date.now();
      const heard = await this.#stream();
      if (this.#end.signal.aborted) {
        return;
      }
      this.#tell({ event: 'link', up: false });
      // A stream that held for a while ended for its own reasons; one that never began is not asked for all the time.
      next = heard && Date.now() - began > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(next * 2, LONGEST_PAUSE_MS);
      await pause(heard ? FIRST_PAUSE_MS : next * (0.75 + Math.random() / 2), this.#end.signal);
    }
  }

  /** One connection, until it ends for whatever reason. */
  async #stream(): Promise<boolean> {
    let heard = false;
    const from = this.#at;
    try {
      const namespace = this.#parts.namespaces?.() ?? [];
      const response = await this.#parts.client.open(
        'GET /events',
        { signal: this.#end.signal, query: namespace.length > 0 ? { namespace } : {} },
        'text/event-stream',
        from === '' ? {} : { 'Last-Event-ID': from },
      );
      for await (const sent of readEvents(response, SILENCE_MS)) {
        if (this.#end.signal.aborted) {
          break;
        }
        if (sent.id !== '') {
          this.#at = sent.id;
        }
        if (!heard) {
          heard = true;
          this.#tell({ event: 'link', up: true });
        }
        this.#tell(read(sent.event, sent.data, from !== ''));
      }
    } catch (thrown) {
      if (!left(thrown)) {
        this.#tell({ event: 'bye', reason: toProblem(thrown).reason });
      }
    }
    return heard;
  }

  #tell(told: Told | undefined): void {
    if (told === undefined || this.#end.signal.aborted) {
      return;
    }
    if (told.event === 'link') {
      this.#up = told.up;
    }
    this.#share(told);
    this.#parts.onTold(told);
  }

  #share(told: Told): void {
    this.#channel.postMessage({ told, at: this.#at } satisfies Shared);
  }
}

/** An event that a newer server may send says nothing to this page. */
function read(event: string, data: string, resumed: boolean): Told | undefined {
  switch (event) {
    case 'hello':
      return { ...(JSON.parse(data) as { stale: boolean }), event, resumed };
    case 'upsert':
    case 'delete':
    case 'refresh':
    case 'freshness':
    case 'bye':
      return { ...(JSON.parse(data) as object), event } as Told;
    default:
      return undefined;
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
