import type { ChatAnswer, ChatAnswerDropped, ChatAnswerUsage, ChatQuestion, Problem } from './schema';
import { chat as words } from '../text/en/chat';
import { eventParser, type ServerEvent } from './sse';

/** Why there is no answer, or no more of it, in words that can be shown. */
export interface ChatProblem {
  readonly reason: string;
  readonly detail: string;
  readonly action: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly providerRequestId?: string;
  /** How long the other side wants to be left alone. */
  readonly retryAfterSeconds?: number;
}

/** What happens to a question, in order; `done`, `problem`, `offline` and `cut` come last and only one of them. */
export type ChatEvent =
  | {
      readonly kind: 'start';
      readonly model: string;
      readonly sent: Record<string, unknown>;
      readonly dropped: readonly ChatAnswerDropped[];
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'usage'; readonly usage: ChatAnswerUsage }
  | {
      readonly kind: 'done';
      readonly finish: string;
      readonly ttftMs?: number;
      readonly totalMs: number;
      readonly cost?: string;
    }
  | { readonly kind: 'problem'; readonly problem: ChatProblem }
  /** Nothing of the question arrived there, as far as can be known. */
  | { readonly kind: 'offline' }
  /** It ended before its end. */
  | { readonly kind: 'cut' };

export interface Asking {
  readonly signal: AbortSignal;
  readonly tell: (event: ChatEvent) => void;
  readonly fetch?: typeof fetch;
}

const NOT_UNDERSTOOD: ChatProblem = { reason: 'UnreadableAnswer', ...words.unreadable };

/**
 * Asks a model and tells what comes, until one last event. Stopped by the signal it ends without one: whoever stopped
 * it knows. It never throws.
 */
export async function ask(question: ChatQuestion, asking: Asking): Promise<void> {
  const { signal, tell } = asking;
  let response: Response;
  try {
    response = await (asking.fetch ?? fetch)(new URL('api/chat', document.baseURI), {
      method: 'POST',
      headers: {
        accept: 'text/event-stream, application/json, application/problem+json',
        'content-type': 'application/json',
        'x-llmconfig-csrf': '1',
      },
      body: JSON.stringify(question),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal,
    });
  } catch {
    if (!signal.aborted) {
      tell({ kind: 'offline' });
    }
    return;
  }
  const type = response.headers.get('content-type') ?? '';
  try {
    if (response.ok && type.startsWith('text/event-stream') && response.body !== null) {
      await follow(response.body, asking);
    } else {
      last(response, await response.text(), asking);
    }
  } catch {
    if (!signal.aborted) {
      tell({ kind: 'cut' });
    }
  }
}

async function follow(body: ReadableStream<Uint8Array>, { signal, tell }: Asking): Promise<void> {
  const parse = eventParser();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) {
        return;
      }
      if (done) {
        tell({ kind: 'cut' });
        return;
      }
      for (const event of parse(value)) {
        const told = read(event);
        if (told === undefined) {
          continue;
        }
        tell(told);
        if (told.kind === 'done' || told.kind === 'problem') {
          return; // whatever follows an end is not of this answer
        }
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** An answer that came in one piece, or the reason why there is none. */
function last(response: Response, text: string, { tell }: Asking): void {
  const body = json(text);
  if (!isRecord(body)) {
    tell({ kind: 'problem', problem: { ...NOT_UNDERSTOOD, status: response.status } });
  } else if (response.ok && typeof body['text'] === 'string') {
    whole(body as unknown as ChatAnswer, tell);
  } else {
    tell({ kind: 'problem', problem: problem(body, response) });
  }
}

function whole(answer: ChatAnswer, tell: (event: ChatEvent) => void): void {
  tell({ kind: 'start', model: answer.model, sent: answer.sent ?? {}, dropped: answer.dropped ?? [] });
  if (answer.reasoning) {
    tell({ kind: 'reasoning', text: answer.reasoning });
  }
  if (answer.text !== '') {
    tell({ kind: 'text', text: answer.text });
  }
  if (answer.usage) {
    tell({ kind: 'usage', usage: answer.usage });
  }
  tell(end(answer as unknown as Record<string, unknown>));
}

/** One event, if it is of a kind that is known; a newer server may send others. */
function read({ event, data }: ServerEvent): ChatEvent | undefined {
  const body = json(data);
  if (!isRecord(body)) {
    return undefined;
  }
  switch (event) {
    case 'start':
      return {
        kind: 'start',
        model: text(body['model']) ?? '',
        sent: isRecord(body['sent']) ? body['sent'] : {},
        dropped: Array.isArray(body['dropped']) ? (body['dropped'] as ChatAnswerDropped[]) : [],
      };
    case 'text':
    case 'reasoning':
      return { kind: event, text: text(body['t']) ?? '' };
    case 'usage':
      return { kind: 'usage', usage: body as ChatAnswerUsage };
    case 'done':
      return end(body);
    case 'problem':
      return { kind: 'problem', problem: problem(body) };
    default:
      return undefined;
  }
}

function end(body: Record<string, unknown>): ChatEvent {
  const ttftMs = number(body['ttftMs']);
  const cost = text(body['cost']);
  return {
    kind: 'done',
    finish: text(body['finish']) ?? 'Other',
    totalMs: number(body['totalMs']) ?? 0,
    ...(ttftMs !== undefined && { ttftMs }),
    ...(cost !== undefined && { cost }),
  };
}

/** A body that is no problem of ours, as of a gateway on the way, is one all the same; its words are not shown. */
function problem(body: Record<string, unknown>, response?: Response): ChatProblem {
  const given = body as Partial<Problem>;
  const status = number(given.status) ?? response?.status;
  const wait = seconds(response?.headers.get('retry-after') ?? null);
  const known = typeof given.reason === 'string' && typeof given.detail === 'string';
  return {
    ...(known
      ? { reason: given.reason ?? '', detail: detailOf(given), action: text(given.action) ?? '' }
      : NOT_UNDERSTOOD),
    ...(status !== undefined && { status }),
    ...(typeof given.requestId === 'string' && { requestId: given.requestId }),
    ...(typeof given.providerRequestId === 'string' && { providerRequestId: given.providerRequestId }),
    ...(wait !== undefined && { retryAfterSeconds: wait }),
  };
}

/** What is wrong with single fields says more than that something is. */
function detailOf(given: Partial<Problem>): string {
  const fields = Array.isArray(given.problems) ? given.problems : [];
  return [given.detail ?? '', ...fields.map((one) => one.message)].filter((one) => one !== '').join(' ');
}

function seconds(header: string | null): number | undefined {
  if (header === null || !/^\s*\d{1,6}\s*$/.test(header)) {
    return undefined;
  }
  return Number(header);
}

function json(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
