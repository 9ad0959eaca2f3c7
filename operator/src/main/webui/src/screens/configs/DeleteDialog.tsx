import { useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { Config } from '../../api/schema';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Field } from '../../parts/Field';
import { Skeleton } from '../../parts/Skeleton';
import { configs } from '../../state/stores';
import { freshness, say } from '../../state/ui';
import { shell, states } from '../../text/en';
import { asks as words } from '../../text/en/configs';
import { ImpactLine } from './ImpactLine';
import { useAnswer } from '../../state/answer';
import { Refused } from './Refused';

export interface DeleteDialogProps {
  readonly config: Config;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** What agents use is deleted only by somebody who has typed its name. */
export function DeleteDialog({ config, onClose, onDone }: DeleteDialogProps) {
  const [typed, setTyped] = useState('');
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const path = { id: config.id };
  const looked = useAnswer(async (signal) => (await client.preview('DELETE /config/model-configs/{id}', { path, signal })).body, String(tries));
  const refused = problem ?? (looked.kind === 'refused' ? looked.problem : undefined);
  const ask = config.agents.matched > 0 || config.isDefault;

  const run = async (force: boolean) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { status } = await client.call('DELETE /config/model-configs/{id}', { path, query: force ? { force: 'true' } : {} });
      if (status === 204) {
        configs.remove(config.id);
      }
      say('ok', status === 204 ? words.deleted(config.name) : words.deleting(config.name));
      onClose();
      onDone?.();
    } catch (thrown) {
      setProblem(toProblem(thrown));
      setBusy(false);
    }
  };
  const off = freshness.value.stale
    ? shell.staleWrites
    : ask && typed !== config.name
      ? words.typeFirst
      : looked.kind === 'waiting'
        ? words.looking
        : refused?.detail;
  return (
    <Dialog
      title={words.deleteTitle(config.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button kind="danger" icon="trash" busy={busy} off={off} onClick={() => void run(false)}>
            {words.deleteIt}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{words.deleteSentence(config.agents.matched)}</p>
        {config.isDefault && <Banner tone="warn">{words.deleteDefault(config.namespace)}</Banner>}
        {looked.kind === 'waiting' && <Skeleton rows={1} label={words.looking} />}
        {looked.kind === 'told' && config.agents.matched > 0 && <ImpactLine impact={looked.told} namespace={config.namespace} />}
        {ask && <Field label={words.deleteConfirm(config.name)} value={typed} onInput={setTyped} mono />}
        {refused !== undefined && <Refused problem={refused} retry={() => (setProblem(undefined), setTries(tries + 1))} takeOver={() => void run(true)} />}
      </div>
    </Dialog>
  );
}
