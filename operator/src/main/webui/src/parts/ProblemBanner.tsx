import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem';
import { signedIn } from '../state/session';
import { states } from '../text/en';
import { Banner } from './Banner';
import { Button } from './Button';
import { Copy } from './Copy';

export interface ProblemBannerProps {
  readonly problem: Problem;
  readonly retry?: (() => void) | undefined;
  /** Shown instead of the problem's own next step, where the page offers it as a button. */
  readonly action?: ComponentChildren;
}

/** Cause, effect, next step, and the id by which it is found in the logs. */
export function ProblemBanner({ problem, retry, action }: ProblemBannerProps) {
  // Signed in again, there is nothing left to complain about: what was refused is still there to be sent.
  if (problem.signedOut && retry === undefined && signedIn.value) {
    return null;
  }
  const { namespace, verb, resource, command } = problem.extras;
  // One that is all there is to say is the title already.
  const parts = problem.problems.filter((one) => one.message !== problem.detail);
  const right = verb === undefined ? undefined : `${verb} ${resource ?? ''}${namespace ? ` (${namespace})` : ''}`;
  return (
    <Banner
      tone={problem.forbidden ? 'warn' : 'bad'}
      title={problem.detail}
      alert
      actions={
        <>
          {right !== undefined && <Copy text={right} label={states.copyRight} />}
          {retry && (
            <Button small icon="refresh" onClick={retry}>
              {states.retry}
            </Button>
          )}
        </>
      }
    >
      {action ?? problem.action}
      {parts.length > 0 && (
        <ul class="problems">
          {parts.map((one) => (
            <li key={one.field + one.reason}>
              <code>{one.field}</code> {one.message}
            </li>
          ))}
        </ul>
      )}
      {command !== undefined && <code class="wrap">{command}</code>}
      {right !== undefined && (
        <div class="label">
          {states.missingRight}: <code translate={false}>{right}</code>
        </div>
      )}
      {problem.requestId !== '' && (
        <div class="label">
          {states.requestId}: <code translate={false}>{problem.requestId}</code>
        </div>
      )}
    </Banner>
  );
}
