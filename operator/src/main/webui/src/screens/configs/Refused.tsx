import type { Problem } from '../../api/problem';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { CodeBlock } from '../../parts/CodeBlock';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { toObject } from '../../routes';
import { asks as words, editor } from '../../text/en/configs';

export interface RefusedProps {
  readonly problem: Problem;
  readonly retry?: () => void;
  /** Offered where another manager owns fields. */
  readonly takeOver?: () => void;
}

/** Why a change was not made, with what can be done instead. */
export function Refused({ problem, retry, takeOver }: RefusedProps) {
  const { yaml, configs, fields, manager } = problem.extras;
  if (problem.reason === 'ManagedByGit' && yaml !== undefined) {
    return (
      <>
        <Banner tone="warn" title={problem.detail} alert>
          {problem.action}
        </Banner>
        <CodeBlock code={yaml} label={editor.yamlLabel} />
      </>
    );
  }
  if (problem.reason === 'FieldOwnedByAnotherManager' && takeOver !== undefined) {
    return (
      <Banner tone="warn" title={problem.detail} alert actions={<Button onClick={takeOver}>{words.takeOver}</Button>}>
        {words.ownedText(manager ?? '')} {fields?.map((one) => <code key={one}>{one} </code>)}
      </Banner>
    );
  }
  return (
    <>
      <ProblemBanner problem={problem} retry={retry} />
      {configs !== undefined && configs.length > 0 && (
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
