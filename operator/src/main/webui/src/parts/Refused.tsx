import type { Problem } from '../api/problem';
import { toObject } from '../routes';
import { changes as words } from '../text/en';
import { Banner } from './Banner';
import { Button } from './Button';
import { CodeBlock } from './CodeBlock';
import { ProblemBanner } from './ProblemBanner';

export interface RefusedProps {
  readonly problem: Problem;
  readonly retry?: () => void;
  /** Offered where another manager owns fields. */
  readonly takeOver?: () => void;
}

/** Why a change was not made, with what can be done instead. */
export function Refused({ problem, retry, takeOver }: RefusedProps) {
  const { yaml, configs = [], fields = [], manager } = problem.extras;
  if (problem.reason === 'ManagedByGit' && yaml !== undefined) {
    return (
      <>
        <Banner tone="warn" alert title={problem.detail}>
          {problem.action}
        </Banner>
        <CodeBlock code={yaml} label={words.yaml} />
      </>
    );
  }
  if (problem.reason === 'FieldOwnedByAnotherManager' && takeOver !== undefined) {
    return (
      <Banner tone="warn" alert title={problem.detail} actions={<Button onClick={takeOver}>{words.takeOver}</Button>}>
        {words.takenOver(manager ?? '', fields.join(', '))}
      </Banner>
    );
  }
  const again = problem.reason === 'ChangedMeanwhile' && retry !== undefined;
  return (
    <>
      <ProblemBanner problem={problem} retry={retry} action={again ? words.changedMeanwhile : undefined} />
      {configs.length > 0 && (
        <div>
          <h3>{words.usedBy}</h3>
          <ul>
            {configs.map((id) => (
              <li key={id}>
                <a href={toObject('configs', id)} translate={false}>
                  {id}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
