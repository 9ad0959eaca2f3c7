import { Client } from '../../src/api/client';

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

export interface Told {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A server that answers as it is told and keeps what it heard. */
export function fakeServer(answer: (heard: Heard) => Told | Promise<Told>) {
  const heard: Heard[] = [];
  const fetching = (async (input: string, init: RequestInit = {}) => {
    const one = {
      method: init.method ?? 'GET',
      url: input,
      headers: { ...(init.headers as Record<string, string>) },
      body: init.body as string | undefined,
    };
    heard.push(one);
    init.signal?.throwIfAborted();
    const told = await Promise.race([
      Promise.resolve(answer(one)),
      new Promise<never>((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      }),
    ]);
    const body = told.body === undefined ? null : typeof told.body === 'string' ? told.body : JSON.stringify(told.body);
    return new Response(body, {
      status: told.status ?? 200,
      headers: { 'content-type': 'application/json', ...told.headers },
    });
  }) as unknown as typeof fetch;
  return { client: new Client(fetching), fetching, heard };
}

export const PROBLEM = {
  type: 'https://llmconfig.dev/problems/Forbidden',
  title: 'Not allowed',
  status: 403,
  reason: 'Forbidden',
  detail: 'jane may not list apikeyconfigs in namespace agents.',
  action: 'Ask for the role llmconfig-view in that namespace.',
  requestId: 'r-1',
  verb: 'list',
  resource: 'apikeyconfigs.llmconfig.dev',
  namespace: 'agents',
};

export const asProblem = { 'content-type': 'application/problem+json' };
