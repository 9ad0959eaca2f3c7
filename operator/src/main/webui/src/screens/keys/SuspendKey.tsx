import type { Key } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Conflict } from '../../parts/Conflict';
import { Dialog } from '../../parts/Dialog';
import { ImpactView } from '../../parts/Impact';
import { say } from '../../state/ui';
import { keyChange, keys, states } from '../../text/en';
import { useKeyWrite } from './write';

/** Takes a key out of use, or back into it. */
export function SuspendKey({ row, onClose }: { readonly row: Key; readonly onClose: () => void }) {
  const { busy, problem, impact, write, propose } = useKeyWrite(row.id);
  const patch = { suspend: row.active };
  const back = async () => {
    if ((await write({ suspend: !row.active }, '*')) !== undefined) {
      say('ok', row.active ? keys.resumed(row.name) : keys.suspended(row.name));
    } else {
      say('bad', keys.notUndone(row.name));
    }
  };
  const done = () => {
    // Where agents have restarted by it, going back would restart them again: that is asked anew.
    const undo = impact === undefined ? { label: states.undo, run: () => void back() } : undefined;
    say('ok', row.active ? keys.suspended(row.name) : keys.resumed(row.name), undo);
    onClose();
  };
  const go = async (force = false) => {
    // `*`: whatever else was changed meanwhile has nothing to do with this.
    const written = impact === undefined && !force ? await propose(patch, '*') : await write(patch, '*', force);
    if (written !== undefined) {
      done();
    }
  };
  return (
    <Dialog
      title={row.active ? keyChange.suspendTitle(row.name) : `${keys.resume} ${row.name}?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button kind="accent" busy={busy} onClick={() => void go()}>
            {row.active ? keys.suspend : keys.resume}
          </Button>
        </>
      }
    >
      <div class="stack">
        {row.active && <p>{keyChange.suspendText}</p>}
        {impact !== undefined && <ImpactView impact={impact} namespace={row.namespace} />}
        {problem !== undefined && (
          <Conflict problem={problem} mine={patch} onKeepMine={() => void go(true)} onTakeTheirs={onClose} onTakeOver={() => void go(true)} />
        )}
      </div>
    </Dialog>
  );
}
