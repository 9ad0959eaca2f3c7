import { useRef, useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { Key } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Radio } from '../../parts/Choice';
import { Conflict } from '../../parts/Conflict';
import { Dialog } from '../../parts/Dialog';
import { Field } from '../../parts/Field';
import { Select } from '../../parts/Select';
import { agents, configs, keys as keyStore } from '../../state/stores';
import { freshness, say } from '../../state/ui';
import { forced } from '../../state/write';
import { keyChange, keys, shell, states } from '../../text/en';
import { Users } from './Users';

/** Shows what breaks, and takes either a key that steps in or the name, typed. */
export function DeleteKey({ row, onClose, onDeleted }: { readonly row: Key; readonly onClose: () => void; readonly onDeleted?: () => void }) {
  const usedConfigs = configs.items.value.filter((one) => one.apiKeyId === row.id);
  const usedAgents = agents.items.value.filter((one) => one.apiKeyId === row.id);
  // The row counts those that the lists here may not hold, such as of another namespace view.
  const used = row.usedBy.configs > 0 || row.usedBy.agents > 0 || usedConfigs.length > 0;
  const others = keyStore.items.value.filter(
    (one) => one.id !== row.id && one.namespace === row.namespace && one.provider === row.provider && one.state === 'Ready' && one.active,
  );
  const [how, setHow] = useState<'move' | 'force'>(others.length > 0 ? 'move' : 'force');
  const [replacement, setReplacement] = useState(others[0]?.id ?? '');
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  /** @param takeOver moves configs, too, whose key another manager has named; the person has agreed to that */
  const remove = async (takeOver = false) => {
    if (used && how === 'force' && typed.trim() !== row.name) {
      setWrong(keyChange.typeWrong);
      form.current?.querySelector<HTMLElement>('input[type=text]')?.focus();
      return;
    }
    if (used && how === 'move' && replacement === '') {
      setWrong(keyChange.chooseOne);
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const query = !used ? {} : how === 'move' ? { replaceWith: replacement, ...forced(takeOver) } : forced(true);
      const answer = await client.call('DELETE /config/api-keys/{id}', { path: { id: row.id }, query });
      if (answer.status === 202) {
        if (answer.body !== undefined) {
          keyStore.upsert(answer.body);
        }
        say('info', keys.deleting(row.name));
      } else {
        keyStore.remove(row.id);
        say('ok', keys.deleted(row.name));
      }
      onClose();
      onDeleted?.();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={keyChange.deleteTitle(row.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button kind="danger" icon="trash" type="submit" form="delete-key" busy={busy} off={freshness.value.stale ? shell.staleWrites : undefined}>
            {keys.remove}
          </Button>
        </>
      }
    >
      <form
        id="delete-key"
        ref={form}
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void remove();
        }}
      >
        {!used && <p>{keyChange.deleteUnused}</p>}
        {row.source === 'SecretRef' && <p class="muted">{keyChange.secretStays}</p>}
        {used && (
          <>
            <p>{keyChange.deleteUsed(usersOf(row))}</p>
            <Users configs={usedConfigs} agents={usedAgents} />
            <Radio
              legend={keyChange.how}
              value={how}
              options={[
                { value: 'move', label: keyChange.move, off: others.length === 0 ? keyChange.noReplacement : undefined },
                { value: 'force', label: keyChange.force, about: keyChange.forceHint },
              ]}
              onChange={(chosen) => {
                setHow(chosen);
                setWrong(undefined);
              }}
            />
            {how === 'move' ? (
              <Select
                label={keyChange.replacement}
                value={replacement}
                error={wrong}
                options={others.map((one) => ({ value: one.id, label: one.displayName ? `${one.name} (${one.displayName})` : one.name }))}
                onChange={setReplacement}
              />
            ) : (
              <Field label={keyChange.typeName(row.name)} value={typed} onInput={setTyped} error={wrong} mono />
            )}
          </>
        )}
        {problem !== undefined && (
          <Conflict problem={problem} mine={{}} onKeepMine={() => void remove()} onTakeTheirs={onClose} onTakeOver={() => void remove(true)} />
        )}
      </form>
    </Dialog>
  );
}

function usersOf({ usedBy: { configs: ofConfigs, agents: ofAgents } }: Key): string {
  const some = [ofConfigs > 0 ? keys.configs(ofConfigs) : '', ofAgents > 0 ? keys.agents(ofAgents) : ''];
  return some.filter((one) => one !== '').join(keyChange.and);
}
