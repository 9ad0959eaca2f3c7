import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { change, type Change } from '../state/write';
import { freshness } from '../state/ui';
import { changes as words, shell, states } from '../text/en';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { consequential, ImpactLine, ImpactView } from './Impact';
import { Refused } from './Refused';
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
  /** What the person has to do first; what the change would do is shown meanwhile. */
  readonly missing?: string | undefined;
  /** For what cannot be had back: which fields go with it is no news. */
  readonly danger?: boolean;
}

/** A change that says what it does before it is done. Where Git owns the object, the YAML to commit is offered. */
export function ChangeDialog<T>(props: ChangeDialogProps<T>) {
  const { title, submit, where, onClose, children, mark = '', off, missing, danger } = props;
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
  const why = off ?? stale ?? missing ?? (step.kind === 'looking' ? words.looking : step.kind === 'refused' ? words.refused : undefined);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button {...(danger ? { kind: 'danger', icon: 'trash' } : { kind: 'accent' })} busy={step.kind === 'writing'} off={why} onClick={() => void made.write()}>
            {submit}
          </Button>
        </>
      }
    >
      <div class="stack">
        {children}
        {off === undefined && step.kind === 'looking' && <Skeleton rows={2} label={words.looking} />}
        {(step.kind === 'shown' || step.kind === 'writing') &&
          (danger ? consequential(step.impact) && <ImpactLine impact={step.impact} namespace={where} /> : <ImpactView impact={step.impact} namespace={where} />)}
        {step.kind === 'refused' && (
          <Refused problem={step.problem} retry={() => void made.look()} takeOver={() => void made.takeOver()} />
        )}
      </div>
    </Dialog>
  );
}
