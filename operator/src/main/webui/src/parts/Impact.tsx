import { useState } from 'preact/hooks';
import type { Impact as ImpactShape } from '../api/schema';
import { impact as words, states } from '../text/en';
import { Banner } from './Banner';
import { Button } from './Button';
import { Dialog } from './Dialog';

/** Whether anybody should be asked before. */
export function consequential(impact: ImpactShape): boolean {
  return impact.restarts > 0 || impact.hotSwitches > 0 || impact.agents.some((one) => one.effect !== 'None');
}

export function sentenceOf(impact: ImpactShape, namespace: string): string {
  const count = (effect: string) => impact.agents.filter((one) => one.effect === effect).length;
  return words.sentence(impact.restarts, impact.hotSwitches, count('NeedsApproval'), count('OnNextRestart'), namespace);
}

/** What a change does to agents, in one sentence; which ones they are, when asked. */
export function ImpactLine({ impact, namespace }: { readonly impact: ImpactShape; readonly namespace: string }) {
  const touched = impact.agents.filter((one) => one.effect !== 'None');
  return (
    <div class="impact-line">
      <span>{sentenceOf(impact, namespace)}</span>
      {touched.length > 0 && (
        <details>
          <summary>{words.which(touched.length)}</summary>
          <ul class="plain-list">
            {touched.map((one) => (
              <li key={one.id} class="wrap">
                <code translate={false}>{one.id}</code> <span class="muted">{words.effects[one.effect]}</span>
              </li>
            ))}
            {impact.truncated && <li class="muted">{words.truncated}</li>}
          </ul>
        </details>
      )}
    </div>
  );
}

/** What a write would do, before it is done. */
export function ImpactView({ impact, namespace }: { readonly impact: ImpactShape; readonly namespace: string }) {
  return (
    <div class="stack tight impact">
      <ImpactLine impact={impact} namespace={namespace} />
      {impact.changes.length > 0 && (
        <details>
          <summary>
            {words.changes} ({impact.changes.length})
          </summary>
          <dl class="facts">
            {impact.changes.map((one) => (
              <FieldChange key={one.field} {...one} />
            ))}
          </dl>
        </details>
      )}
      {impact.warnings.map((one) => (
        <Banner key={one.field + one.reason} tone="warn">
          {one.message}
        </Banner>
      ))}
    </div>
  );
}

function FieldChange({ field, from, to, changed }: ImpactShape['changes'][number]) {
  return (
    <>
      <dt>
        <code translate={false}>{field}</code>
      </dt>
      <dd>{changed ? words.secretChanged : `${shown(from)} → ${shown(to)}`}</dd>
    </>
  );
}

/** A value of any field, as one reads it. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) {
    return words.unset;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export interface ImpactDialogProps {
  readonly title?: string;
  readonly impact: ImpactShape;
  readonly namespace: string;
  readonly proceed?: string;
  readonly onProceed: () => Promise<void> | void;
  readonly onClose: () => void;
}

/** Asks before something with consequences. */
export function ImpactDialog({ title, impact, namespace, proceed, onProceed, onClose }: ImpactDialogProps) {
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      title={title ?? words.title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button
            kind="accent"
            busy={busy}
            onClick={async () => {
              setBusy(true);
              await onProceed();
              setBusy(false);
            }}
          >
            {proceed ?? words.proceed}
          </Button>
        </>
      }
    >
      <ImpactView impact={impact} namespace={namespace} />
    </Dialog>
  );
}
