import { Problem, problemOf, toProblem } from './problem';
import type { Routes } from './schema';

type Route = keyof Routes;
/** The routes with a dry run. */
export type Writing = { [R in Route]: Routes[R]['impact'] extends undefined ? never : R }[Route];

type Given<R extends Route> = (Routes[R]['path'] extends undefined ? object : { path: Routes[R]['path'] }) &
  (Routes[R]['body'] extends undefined ? object : { body: Routes[R]['body'] });

export interface Options<R extends Route> {
  readonly query?: Routes[R]['query'] | undefined;
  /** The ETag of what was seen; a write for another state is refused (`ChangedMeanwhile`). */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait; every wait has a limit. */
  readonly limitMs?: number | undefined;
  /** For text bodies: what they are. */
  readonly contentType?: string | undefined;
}

export type Request<R extends Route> = Given<R> & Options<R>;

/** How old what was answered is. */
export interface Age {
  readonly stale: boolean;
  readonly seconds: number | undefined;
  /** Whether the mirror did not yet show what was written or asked for. */
  readonly behind: boolean;
}

export interface Answer<T> {
  readonly body: T;
  readonly status: number;
  readonly etag: string | undefined;
  readonly age: Age;
}

export const READ_LIMIT_MS = 15_000;
export const WRITE_LIMIT_MS = 30_000;

/** Requests are relative to the page, so that it works below any path. */
export function apiUrl(path: string, query: object = {}, base = document.baseURI): string {
  const url = new URL(`api${path}`, base);
  url.hash = '';
  for (const [name, value] of Object.entries(query) as [string, unknown][]) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) {
        url.searchParams.append(name, String(one));
      }
    }
  }
  return url.href;
}

/** Talks to the sidecar; paths, queries, bodies and answers are typed by `openapi.json`. */
export class Client {
  /** Told of every answer's age, and of every refusal. */
  onAge: (age: Age) => void = () => {};
  onRefused: (problem: Problem) => void = () => {};

  readonly #fetch: typeof fetch;
  #sessions = 0;

  constructor(fetching: typeof fetch = (input, init) => fetch(input, init)) {
    this.#fetch = fetching;
  }

  /** What was asked before is answered for the session that has ended: that must not end the new one. */
  beginsAnew(): void {
    this.#sessions += 1;
  }

  async call<R extends Route>(route: R, request: Request<R>): Promise<Answer<Routes[R]['answer']>> {
    return this.#answer(route, request, 'application/json', request.query);
  }

  /** What a write would do; nothing is changed. */
  async preview<R extends Writing>(route: R, request: Request<R>): Promise<Answer<Routes[R]['impact']>> {
    return this.#answer(route, request, 'application/json', { ...request.query, dryRun: 'true' });
  }

  /** The YAML to commit instead of a write, or of an object. */
  async yaml<R extends Route>(route: R, request: Request<R>): Promise<Answer<string>> {
    const query = route.startsWith('GET') ? request.query : { ...request.query, dryRun: 'true' };
    return this.#answer(route, request, 'application/yaml', query);
  }

  /** An answer that is read piece by piece. The limit counts until it begins; then the reader decides. */
  async open<R extends Route>(route: R, request: Request<R>, accept: string, headers = {}): Promise<Response> {
    return this.#send(route, request, accept, request.query, headers, false);
  }

  async #answer<T>(route: Route, request: Options<Route>, accept: string, query: object | undefined): Promise<Answer<T>> {
    const response = await this.#send(route, request, accept, query, {}, true);
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    const age = ageOf(response);
    if (route.startsWith('GET') && age.seconds !== undefined) {
      this.onAge(age);
    }
    const body = (text === '' ? undefined : json ? JSON.parse(text) : text) as T;
    return { body, status: response.status, etag: response.headers.get('etag') ?? undefined, age };
  }

  async #send(
    route: Route,
    request: Options<Route>,
    accept: string,
    query: object | undefined,
    extra: Record<string, string>,
    whole: boolean,
  ): Promise<Response> {
    const [method, template] = route.split(' ') as [string, string];
    const { path, body } = request as { path?: Record<string, string>; body?: unknown };
    const headers: Record<string, string> = { Accept: accept, ...extra };
    if (method !== 'GET') {
      headers['x-llmconfig-csrf'] = '1';
      headers['Content-Type'] = request.contentType ?? 'application/json';
    }
    if (request.ifMatch !== undefined) {
      headers['If-Match'] = request.ifMatch;
    }
    const init: RequestInit = { method, headers, credentials: 'same-origin', redirect: 'error' };
    if (body !== undefined) {
      init.body = typeof body === 'string' ? body : JSON.stringify(body);
    }
    const session = this.#sessions;
    const limit = new Limit(request.signal, request.limitMs ?? (method === 'GET' ? READ_LIMIT_MS : WRITE_LIMIT_MS));
    init.signal = limit.signal;
    try {
      const response = await this.#fetch(apiUrl(filled(template, path ?? {}), query), init);
      if (!response.ok) {
        const problem = await problemOf(response);
        if (!problem.signedOut || session === this.#sessions) {
          this.onRefused(problem);
        }
        throw problem;
      }
      if (!whole) {
        return response;
      }
      // The body counts towards the limit, too: an answer that never ends is none.
      return new Response(response.status === 204 ? null : await response.arrayBuffer(), response);
    } catch (thrown) {
      throw limit.explain(thrown);
    } finally {
      limit.end();
    }
  }
}

/** A wait that ends: because it took too long, or because nobody wants the answer any more. */
class Limit {
  readonly signal: AbortSignal;
  readonly #outer: AbortSignal | undefined;
  readonly #timer: ReturnType<typeof setTimeout>;
  #late = false;

  constructor(outer: AbortSignal | undefined, ms: number) {
    const own = new AbortController();
    this.#outer = outer;
    this.signal = outer === undefined ? own.signal : AbortSignal.any([outer, own.signal]);
    this.#timer = setTimeout(() => {
      this.#late = true;
      own.abort();
    }, ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** Who left is told nothing but that; everything else is a problem with a next step. */
  explain(thrown: unknown): unknown {
    if (thrown instanceof Problem || this.#outer?.aborted) {
      return thrown;
    }
    return this.#late
      ? Problem.own('TimedOut', 'The server did not answer in time.', 'Try again; look at Status if it stays so.')
      : toProblem(thrown);
  }
}

function filled(template: string, path: Record<string, string>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
}

function ageOf(response: Response): Age {
  const seconds = response.headers.get('x-llmconfig-mirror-age');
  return {
    stale: response.headers.get('x-llmconfig-stale') === 'true',
    seconds: seconds === null ? undefined : Number(seconds),
    behind: response.headers.get('x-llmconfig-mirror') === 'behind',
  };
}

/** Whether a request ended because nobody wants its answer any more. */
export function left(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError';
}

export const client = new Client();
