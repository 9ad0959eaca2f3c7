import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { change, type Change } from '../state/write';
import { freshness } from '../state/ui';
import { changes as words } from '../text/en/models';
import { shell, states } from '../text/en';
import { Banner } from './Banner';
import { Button } from './Button';
import { CodeBlock } from './CodeBlock';
import { Dialog } from './Dialog';
import { ImpactView } from './Impact';
import { ProblemBanner } from './ProblemBanner';
import { Skeleton } from './Skeleton';

export interface ChangeDialogProps<T> extends Change<T> {
  readonly title: string;
  readonly submit: string;
  /** Where agents are counted. */
  readonly where: string;
  readonly onClose: () => void;
  /** Above what it would do. */
  readonly children?: ComponentChildren;
  /** Looked at again when it is another one. */
  readonly mark?: string;
  /** Why it cannot be done as it is. */
  readonly off?: string | undefined;
}

/** A change that says what it does before it is done. Where Git owns the object, the YAML to commit is offered. */
export function ChangeDialog<T>(props: ChangeDialogProps<T>) {
  const { title, submit, where, onClose, children, mark = '', off } = props;
  const made = useMemo(
    () =>
      change<T>({
        look: props.look,
        write: props.write,
        done: (answer) => {
          onClose();
          props.done(answer);
        },
      }),
    [mark],
  );
  useEffect(() => {
    if (off === undefined) {
      void made.look();
    }
    return made.leave;
  }, [made, off]);
  const step = made.step.value;
  const stale = freshness.value.stale ? shell.staleWrites : undefined;
  const why = off ?? stale ?? (step.kind === 'looking' ? words.looking : step.kind === 'refused' ? words.refused : undefined);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button kind="accent" busy={step.kind === 'writing'} off={why} onClick={() => void made.write()}>
            {submit}
          </Button>
        </>
      }
    >
      <div class="stack">
        {children}
        {off === undefined && step.kind === 'looking' && <Skeleton rows={2} label={words.looking} />}
        {(step.kind === 'shown' || step.kind === 'writing') && <ImpactView impact={step.impact} namespace={where} />}
        {step.kind === 'refused' && (
          <Refused problem={step.problem} again={() => void made.look()} takeOver={() => void made.takeOver()} />
        )}
      </div>
    </Dialog>
  );
}

interface RefusedProps {
  readonly problem: Parameters<typeof ProblemBanner>[0]['problem'];
  readonly again: () => void;
  readonly takeOver: () => void;
}

function Refused({ problem, again, takeOver }: RefusedProps) {
  const { yaml, manager, fields } = problem.extras;
  if (problem.reason === 'ManagedByGit' && yaml !== undefined) {
    return (
      <>
        <Banner tone="info" alert title={problem.detail}>
          {words.git}
        </Banner>
        <CodeBlock code={yaml} label={words.yaml} />
      </>
    );
  }
  if (problem.reason === 'FieldOwnedByAnotherManager') {
    return (
      <Banner tone="warn" alert title={problem.detail} actions={<Button onClick={takeOver}>{words.takeOver}</Button>}>
        {words.takenOver(manager ?? '', (fields ?? []).join(', '))}
      </Banner>
    );
  }
  return <ProblemBanner problem={problem} retry={again} action={problem.reason === 'ChangedMeanwhile' ? words.changedMeanwhile : undefined} />;
}
