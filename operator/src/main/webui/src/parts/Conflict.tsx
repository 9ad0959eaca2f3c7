import type { Problem } from '../api/problem';
import { changes, conflict } from '../text/en';
import { Banner } from './Banner';
import { Button } from './Button';
import { shown } from './Impact';
import { ProblemBanner } from './ProblemBanner';

export interface ConflictProps {
  readonly problem: Problem;
  /** What was to be changed, by field of the spec. */
  readonly mine: Readonly<Record<string, unknown>>;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onTakeOver: () => void;
}

/** A write that met somebody else's: both versions by field, or whose fields they are. Anything else as it is. */
export function Conflict({ problem, mine, onKeepMine, onTakeTheirs, onTakeOver }: ConflictProps) {
  if (problem.reason === 'FieldOwnedByAnotherManager') {
    return (
      <Banner
        tone="warn"
        alert
        title={conflict.owned(problem.extras.manager ?? '')}
        actions={<Button small onClick={onTakeOver}>{changes.takeOver}</Button>}
      >
        <p>{conflict.ownedText}</p>
        <ul class="problems">
          {(problem.extras.fields ?? []).map((field) => (
            <li key={field}>
              <code translate={false}>{field}</code>
            </li>
          ))}
        </ul>
      </Banner>
    );
  }
  if (problem.reason !== 'ChangedMeanwhile') {
    return <ProblemBanner problem={problem} />;
  }
  const theirs = specOf(problem.extras.current);
  return (
    <Banner
      tone="warn"
      alert
      title={conflict.title}
      actions={
        <>
          <Button small onClick={onTakeTheirs}>
            {conflict.takeTheirs}
          </Button>
          <Button small kind="accent" onClick={onKeepMine}>
            {conflict.keepMine}
          </Button>
        </>
      }
    >
      <p>{conflict.text}</p>
      <dl class="facts">
        {Object.keys(mine).map((field) => (
          <>
            <dt key={field}>
              <code translate={false}>{field}</code>
            </dt>
            <dd>
              {conflict.mine}: {shown(mine[field])}
              <br />
              {conflict.theirs}: {shown(theirs[field])}
            </dd>
          </>
        ))}
      </dl>
    </Banner>
  );
}

function specOf(current: unknown): Readonly<Record<string, unknown>> {
  const object = (current ?? {}) as { spec?: Record<string, unknown> };
  return object.spec ?? {};
}
