import { chat as words } from '../text/en/chat';
import { client as ours, type Client } from './client';
import { Problem, toProblem } from './problem';
import type { ChatAnswer, ChatAnswerDropped, ChatAnswerUsage, ChatQuestion, Problem as ProblemShape } from './schema';
import { readEvents, type Sent } from './sse';

/** Why there is no answer, or no more of it, in words that can be shown and kept. */
export interface ChatProblem {
  readonly reason: string;
  readonly detail: string;
  readonly action: string;
  readonly requestId?: string;
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
}

const ACCEPTED = 'text/event-stream, application/json';

/** A comment comes every 15 seconds; after three that did not come nobody is there any more. */
const SILENCE_MS = 50_000;

/**
 * Asks a model and tells what comes, until one last event. Stopped by the signal it ends without one: whoever stopped
 * it knows. It never throws.
 */
export async function ask(question: ChatQuestion, { signal, tell }: Asking, client: Client = ours): Promise<void> {
  const told = (event: ChatEvent): void => {
    if (!signal.aborted) {
      tell(event);
    }
  };
  let response: Response;
  try {
    response = await client.open('POST /chat', { body: question, signal }, ACCEPTED);
  } catch (thrown) {
    const problem = toProblem(thrown);
    told(problem.reason === 'Unreachable' ? { kind: 'offline' } : { kind: 'problem', problem: kept(problem) });
    return;
  }
  try {
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await follow(response, signal, told);
    } else {
      whole(await response.text(), told);
    }
  } catch {
    told({ kind: 'cut' });
  }
}

async function follow(response: Response, signal: AbortSignal, told: (event: ChatEvent) => void): Promise<void> {
  for await (const sent of readEvents(response, SILENCE_MS)) {
    const event = read(sent);
    if (event !== undefined) {
      told(event);
    }
    if (signal.aborted || event?.kind === 'done' || event?.kind === 'problem') {
      return; // whatever follows an end is not of this answer
    }
  }
  told({ kind: 'cut' });
}

/** An answer in one piece. What is none, as an error of something in between, is not shown: its words are not ours. */
function whole(body: string, told: (event: ChatEvent) => void): void {
  const answer = json(body) as ChatAnswer | undefined;
  if (!isRecord(answer) || typeof answer.text !== 'string') {
    told({ kind: 'problem', problem: { reason: 'UnexpectedAnswer', ...words.unreadable } });
    return;
  }
  told({ kind: 'start', model: answer.model, sent: answer.sent ?? {}, dropped: answer.dropped ?? [] });
  if (answer.reasoning) {
    told({ kind: 'reasoning', text: answer.reasoning });
  }
  told({ kind: 'text', text: answer.text });
  if (answer.usage) {
    told({ kind: 'usage', usage: answer.usage });
  }
  told(end(answer));
}

/** One event, if it is of a kind that is known; a newer server may send others. */
function read({ event, data }: Sent): ChatEvent | undefined {
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
      return { kind: 'problem', problem: kept(new Problem(body as unknown as ProblemShape)) };
    default:
      return undefined;
  }
}

function end(body: object): ChatEvent {
  const { finish, ttftMs, totalMs, cost } = body as Record<string, unknown>;
  return {
    kind: 'done',
    finish: text(finish) ?? 'Other',
    totalMs: typeof totalMs === 'number' ? totalMs : 0,
    ...(typeof ttftMs === 'number' && { ttftMs }),
    ...(typeof cost === 'string' && { cost }),
  };
}

/** What is wrong with single fields says more than that something is. */
function kept(problem: Problem): ChatProblem {
  return {
    reason: text(problem.reason) ?? '',
    detail: [problem.detail, ...problem.problems.map((one) => one.message)].filter((one) => text(one)).join(' '),
    action: text(problem.action) ?? '',
    ...(text(problem.requestId) && { requestId: problem.requestId }),
    ...(problem.retryAfterSeconds !== undefined && { retryAfterSeconds: problem.retryAfterSeconds }),
  };
}

function json(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function isRecord<T>(value: T): value is T & Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
