import { useState } from 'preact/hooks';
import type { Problem } from '../../api/problem';
import { Button } from '../../parts/Button';
import { Check } from '../../parts/Choice';
import { Dialog } from '../../parts/Dialog';
import { fieldNamed } from '../../state/configDraft';
import type { ConfigEditor } from '../../state/configEditor';
import { states } from '../../text/en';
import { asks as words } from '../../text/en/configs';

interface TakeOverProps {
  readonly problem: Problem;
  readonly editor: ConfigEditor;
  readonly onClose: () => void;
  readonly onTake: (leave: readonly string[]) => void;
  readonly onLeave: (leave: readonly string[]) => void;
}

/** Fields that another manager set: asked for each, and taken over only after an answer. */
export function TakeOver({ problem, editor, onClose, onTake, onLeave }: TakeOverProps) {
  const fields = (problem.extras.fields ?? []).map(fieldNamed);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set(fields));
  const leave = fields.filter((one) => !taken.has(one));
  const changed = editor.changes.value.map((one) => one.field);
  const rest = changed.filter((field) => !leave.some((one) => field === one || field.startsWith(`${one}.`)));
  const leaving = leave.flatMap((one) => changed.filter((field) => field === one || field.startsWith(`${one}.`)));
  const off = rest.length === 0 ? words.nothingLeft : undefined;
  return (
    <Dialog
      title={words.ownedTitle}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button kind="accent" off={off} onClick={() => (taken.size === 0 ? onLeave(leaving) : onTake(leaving))}>
            {taken.size === 0 ? words.leaveAll : words.takeOver}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p class="wrap">{words.ownedText(problem.extras.manager ?? '')}</p>
        <fieldset class="stack tight">
          <legend class="spoken">{words.ownedList}</legend>
          {fields.map((field) => (
            <Check
              key={field}
              label={<code translate={false}>{field}</code>}
              on={taken.has(field)}
              onChange={(on) => setTaken(new Set(on ? [...taken, field] : [...taken].filter((one) => one !== field)))}
            />
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}
