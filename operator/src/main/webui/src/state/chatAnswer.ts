import type { ChatEvent, ChatProblem } from '../api/chat';
import type { ChatAnswerDropped, ChatAnswerUsage } from '../api/schema';

/**
 * Where an answer is. `stopped`: by the person; `cut`: the stream ended before its end; `offline`: the question did
 * not get there; `failed`: the other side said why there is no more.
 */
export type Phase = 'waiting' | 'streaming' | 'done' | 'stopped' | 'cut' | 'offline' | 'failed';

export interface Answer {
  /** The id that was asked. */
  readonly model: string;
  readonly label: string;
  readonly phase: Phase;
  readonly text: string;
  readonly reasoning: string;
  readonly sent: Record<string, unknown>;
  readonly dropped: readonly ChatAnswerDropped[];
  readonly usage?: ChatAnswerUsage;
  readonly finish?: string;
  readonly ttftMs?: number;
  readonly totalMs?: number;
  readonly cost?: string;
  readonly problem?: ChatProblem;
  /** When it may be asked again, in the time that `now` is in. */
  readonly retryAt?: number;
}

export function awaited(model: string, label: string): Answer {
  return { model, label, phase: 'waiting', text: '', reasoning: '', sent: {}, dropped: [] };
}

/** The answer after one more event. What has been said is kept whatever comes. */
export function heard(answer: Answer, event: ChatEvent, now: number): Answer {
  if (!underWay(answer)) {
    return answer; // stopped meanwhile
  }
  switch (event.kind) {
    case 'start':
      return { ...answer, phase: 'streaming', sent: event.sent, dropped: event.dropped };
    case 'text':
      return { ...answer, phase: 'streaming', text: answer.text + event.text };
    case 'reasoning':
      return { ...answer, phase: 'streaming', reasoning: answer.reasoning + event.text };
    case 'usage':
      return { ...answer, usage: event.usage };
    case 'done':
      return {
        ...answer,
        phase: 'done',
        finish: event.finish,
        totalMs: event.totalMs,
        ...(event.ttftMs !== undefined && { ttftMs: event.ttftMs }),
        ...(event.cost !== undefined && { cost: event.cost }),
      };
    case 'problem': {
      const wait = event.problem.retryAfterSeconds;
      return {
        ...answer,
        phase: 'failed',
        problem: event.problem,
        ...(wait !== undefined && { retryAt: now + wait * 1000 }),
      };
    }
    case 'offline':
      return { ...answer, phase: 'offline' };
    case 'cut':
      return { ...answer, phase: 'cut' };
  }
}

export function stopped(answer: Answer): Answer {
  return underWay(answer) ? { ...answer, phase: 'stopped' } : answer;
}

/** Asked to go on from where it ended: what is there stays, what was told of its end does not. */
export function resumed(answer: Answer): Answer {
  const { model, label, text, reasoning, sent, dropped } = answer;
  return { model, label, phase: 'waiting', text, reasoning, sent, dropped };
}

export function underWay(answer: Answer): boolean {
  return answer.phase === 'waiting' || answer.phase === 'streaming';
}

/** There is text, and there may be more of it. */
export function canGoOn(answer: Answer): boolean {
  const unfinished = answer.phase === 'cut' || answer.phase === 'failed' || answer.phase === 'stopped';
  return answer.text !== '' && (unfinished || (answer.phase === 'done' && answer.finish === 'Length'));
}

/** Seconds until it may be asked again. */
export function waitLeft(answer: Answer, now: number): number {
  return answer.retryAt === undefined ? 0 : Math.max(0, Math.ceil((answer.retryAt - now) / 1000));
}
