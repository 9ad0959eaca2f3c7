import { useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { Config } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Skeleton } from '../../parts/Skeleton';
import { configs } from '../../state/stores';
import { freshness, say } from '../../state/ui';
import { shell, states } from '../../text/en';
import { asks as words } from '../../text/en/configs';
import { ImpactLine } from './ImpactLine';
import { useAnswer } from '../../state/answer';
import { Refused } from './Refused';

/** The default of a namespace changes hands: first what that does, then it is done. */
export function DefaultDialog({ config, onClose }: { readonly config: Config; readonly onClose: () => void }) {
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const request = { path: { id: config.id }, body: {} };
  const looked = useAnswer(async (signal) => (await client.preview('POST /config/models/{id}/select', { ...request, signal })).body, String(tries));
  const before = configs.items.value.find((one) => one.namespace === config.namespace && one.isDefault && one.id !== config.id);
  const refused = problem ?? (looked.kind === 'refused' ? looked.problem : undefined);

  const run = async (force: boolean) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { body } = await client.call('POST /config/models/{id}/select', { ...request, query: force ? { force: 'true' } : {} });
      configs.upsert(body);
      void configs.refresh(); // the one before has changed, too
      say('ok', words.nowDefault(config.name));
      onClose();
    } catch (thrown) {
      setProblem(toProblem(thrown));
      setBusy(false);
    }
  };
  const off = freshness.value.stale ? shell.staleWrites : looked.kind === 'waiting' ? words.looking : refused?.detail;
  return (
    <Dialog
      title={words.defaultTitle(config.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button kind="accent" busy={busy} off={off} onClick={() => void run(false)}>
            {words.setDefault}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{words.defaultSentence(config.name, before?.name, config.namespace)}</p>
        {looked.kind === 'waiting' && <Skeleton rows={1} label={words.looking} />}
        {looked.kind === 'told' && <ImpactLine impact={looked.told} namespace={config.namespace} />}
        {refused !== undefined && <Refused problem={refused} retry={() => (setProblem(undefined), setTries(tries + 1))} takeOver={() => void run(true)} />}
      </div>
    </Dialog>
  );
}
