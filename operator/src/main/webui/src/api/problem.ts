import type { Problem as ProblemShape, ProblemField } from './schema';

/** Reasons that no server sends, because none was heard. */
export type OwnReason = 'Unreachable' | 'TimedOut' | 'UnexpectedAnswer';

/** What an answer says besides the usual, by reason: `current`, `yaml`, `owner`, `manager`, `configs`, `command`, … */
type Extras = Partial<Omit<ProblemShape, 'type' | 'title' | 'status' | 'detail' | 'reason' | 'action' | 'requestId'>>;

/** Why something did not happen: cause and effect in `detail`, the next step in `action`. */
export class Problem extends Error {
  readonly reason: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  readonly requestId: string;
  readonly problems: readonly ProblemField[];
  readonly extras: Extras;
  /** How long to wait before another try is worth it. */
  readonly retryAfterSeconds: number | undefined;

  constructor(said: ProblemShape, retryAfterSeconds?: number) {
    super(said.detail);
    this.name = 'Problem';
    this.reason = said.reason;
    this.status = said.status;
    this.title = said.title;
    this.detail = said.detail;
    this.action = said.action;
    this.requestId = said.requestId;
    this.problems = said.problems ?? [];
    this.extras = said;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What is wrong with one field; a field is named by its path in the body. */
  of(field: string): string | undefined {
    return this.problems.find((one) => one.field === field)?.message;
  }

  get forbidden(): boolean {
    return this.status === 403 && this.reason === 'Forbidden';
  }

  get signedOut(): boolean {
    return this.status === 401;
  }

  static own(reason: OwnReason, detail: string, action: string, status = 0, requestId = ''): Problem {
    return new Problem({ type: 'about:blank', title: reason, status, detail, reason, action, requestId });
  }
}

/** The problem of an answer that went wrong; anything but our own form came from something in between. */
export async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get('x-llmconfig-request-id') ?? '';
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    try {
      return new Problem((await response.json()) as ProblemShape, seconds(response.headers.get('retry-after')));
    } catch {
      // Cut off in the middle: as good as none.
    }
  }
  return Problem.own(
    'UnexpectedAnswer',
    `The address answered ${response.status}, and not as this server does.`,
    'Look at the proxy in between, then try again.',
    response.status,
    requestId,
  );
}

/** Anything that was thrown, as a problem. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) {
    return thrown;
  }
  return Problem.own('Unreachable', 'The server was not reached.', 'Check the connection, then try again.');
}

function seconds(header: string | null): number | undefined {
  const parsed = Number(header ?? Number.NaN);
  return Number.isFinite(parsed) ? parsed : undefined;
}
