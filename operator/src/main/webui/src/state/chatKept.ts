import type { Answer, Phase } from './chatAnswer';
import type { Exchange } from './chatHistory';

/** So much is kept; beyond it the oldest goes. Browsers allow about five million signs to a whole site. */
const MOST = 1_000_000;

const FORM = 1;

const ENDED: readonly Phase[] = ['done', 'stopped', 'cut', 'offline', 'failed'];

/** Conversations that a person wants to find again, in this browser and for this user alone. */
export interface Kept {
  /** Whether the person wants it. */
  wanted(): boolean;
  load(): Exchange[];
  /** Whether there was room for it. */
  save(all: readonly Exchange[]): boolean;
  /** Nothing of it stays. */
  forget(): void;
}

/** One place for each user and each address of the page: two people at one desk do not read each other's chats. */
export function kept(user: string, path: string, storage: () => Storage): Kept {
  const place = `llmconfig.chat:${path}:${user}`;
  const read = (): string | null => {
    try {
      return storage().getItem(place);
    } catch {
      return null; // the browser keeps nothing for this page
    }
  };
  return {
    wanted: () => read() !== null,
    load: () => parsed(read()),
    save(all) {
      try {
        storage().setItem(place, written(all));
        return true;
      } catch {
        return false;
      }
    },
    forget() {
      try {
        storage().removeItem(place);
      } catch {
        // There is nothing to forget where nothing can be kept.
      }
    },
  };
}

function written(all: readonly Exchange[]): string {
  const turns: unknown[] = [];
  let size = 0;
  for (const one of [...all].reverse()) {
    const turn = { question: one.question, answers: [...one.answers].map(([pane, answer]) => [pane, lasting(answer)]) };
    size += JSON.stringify(turn).length;
    if (size > MOST) {
      break;
    }
    turns.unshift(turn);
  }
  return JSON.stringify({ form: FORM, turns });
}

/** What is under way when the page is left has been stopped; a wait is over by the time that it is read. */
function lasting({ retryAt: _, ...answer }: Answer): Answer {
  return ENDED.includes(answer.phase) ? answer : { ...answer, phase: 'stopped' };
}

/** Anybody may have written there, and an older page, too: what does not fit is left out. */
function parsed(text: string | null): Exchange[] {
  let body: unknown;
  try {
    body = JSON.parse(text ?? '');
  } catch {
    return [];
  }
  if (!isRecord(body) || body['form'] !== FORM || !Array.isArray(body['turns'])) {
    return [];
  }
  return body['turns'].flatMap((turn: unknown) => {
    if (!isRecord(turn) || typeof turn['question'] !== 'string' || !Array.isArray(turn['answers'])) {
      return [];
    }
    const answers = turn['answers'].flatMap((pair: unknown): [number, Answer][] => {
      const [pane, given] = Array.isArray(pair) ? (pair as unknown[]) : [];
      const answer = answerOf(given);
      return typeof pane === 'number' && answer !== undefined ? [[pane, answer]] : [];
    });
    return [{ question: turn['question'], answers: new Map(answers) }];
  });
}

function answerOf(given: unknown): Answer | undefined {
  if (!isRecord(given)) {
    return undefined;
  }
  const { model, label, phase, text, reasoning, sent, dropped, usage, finish, ttftMs, totalMs, cost, problem } = given;
  if ([model, label, text, reasoning].some((one) => typeof one !== 'string') || !ENDED.includes(phase as Phase)) {
    return undefined;
  }
  return {
    model: model as string,
    label: label as string,
    phase: phase as Phase,
    text: text as string,
    reasoning: reasoning as string,
    sent: isRecord(sent) ? sent : {},
    dropped: Array.isArray(dropped) ? dropped.filter((one) => isRecord(one) && typeof one['sentence'] === 'string') : [],
    ...(isRecord(usage) && { usage: numbers(usage) }),
    ...(typeof finish === 'string' && { finish }),
    ...(typeof ttftMs === 'number' && { ttftMs }),
    ...(typeof totalMs === 'number' && { totalMs }),
    ...(typeof cost === 'string' && { cost }),
    ...(isRecord(problem) && {
      problem: {
        reason: String(problem['reason'] ?? ''),
        detail: String(problem['detail'] ?? ''),
        action: String(problem['action'] ?? ''),
      },
    }),
  };
}

function numbers(given: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(given).filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
