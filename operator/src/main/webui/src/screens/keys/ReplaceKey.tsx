import { useRef, useState } from 'preact/hooks';
import type { Key, Provider, TriedKey } from '../../api/schema';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Radio } from '../../parts/Choice';
import { Conflict } from '../../parts/Conflict';
import { Dialog } from '../../parts/Dialog';
import { ImpactDialog } from '../../parts/Impact';
import { KeyField, type KeyHandle } from '../../parts/KeyField';
import { providerName } from '../../parts/providers';
import { loadFacts, providerOf, providers } from '../../state/facts';
import { keyRing } from '../../state/session';
import { freshness, say } from '../../state/ui';
import { keyChange, keyForm, keys, shell, states } from '../../text/en';
import { hostOf, KeyPage } from './pieces';
import { useDetail } from './detail';
import { looksLike } from './draft';
import { TestView } from './TestView';
import { useTrial } from './trial';
import { useKeyWrite } from './write';

/** Another key for the same object; the old one stays in use until the new one was accepted. */
export function ReplaceKey({ row, onClose }: { readonly row: Key; readonly onClose: () => void }) {
  void loadFacts();
  const detail = useDetail(row.id);
  const { busy, problem, impact, write, propose, drop } = useKeyWrite(row.id);
  const { trial, run, forget } = useTrial();
  const [typed, setTyped] = useState({ empty: true, prefix: '' });
  const [missing, setMissing] = useState(false);
  const [store, setStore] = useState<'EncryptedKey' | 'Secret' | undefined>(undefined);
  const field = useRef<KeyHandle>(null);
  const held = problem?.reason === 'KeyHeldElsewhere';
  const patch = () => ({ key: field.current?.peek() ?? '', ...(store === undefined ? {} : { store }) });
  const alike = looksLike(typed.prefix, row.provider, providers.value);

  const ready = () => {
    setMissing(typed.empty);
    if (typed.empty) {
      field.current?.focus();
    }
    return !typed.empty && detail.kind === 'there';
  };
  const done = () => {
    field.current?.clear();
    say('ok', keys.saved(row.name));
    onClose();
  };
  const save = async () => {
    if (ready() && detail.kind === 'there' && (await propose(patch(), detail.etag)) !== undefined) {
      done();
    }
  };
  const proceed = async (force = false) => {
    if (detail.kind === 'there' && (await write(patch(), '*', force)) !== undefined) {
      done();
    }
  };
  const test = () => {
    if (ready() && detail.kind === 'there') {
      const endpoint = detail.key.endpoint ?? providerOf(row.provider)?.endpoint ?? '';
      void run(tried(detail.key, patch().key), hostOf(endpoint));
    }
  };
  const outcome = trial.kind === 'done' ? trial.result.outcome : undefined;

  return (
    <Dialog
      title={keyChange.replaceTitle(row.name)}
      onClose={onClose}
      result={<TestView trial={trial} onStop={forget} />}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button icon="play" onClick={test} busy={trial.kind === 'running'}>
            {trial.kind === 'done' ? keyForm.retest : keyForm.test}
          </Button>
          <Button kind="accent" type="submit" form="replace-key" busy={busy} off={freshness.value.stale ? shell.staleWrites : undefined}>
            {outcome === 'Accepted' ? keyForm.save : outcome === undefined ? keyForm.saveUntested : keyForm.saveAnyway}
          </Button>
        </>
      }
    >
      <form
        id="replace-key"
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p class="muted">{keyChange.replaceHint}</p>
        <KeyField
          label={keyForm.key}
          handle={field}
          autoFocus
          error={missing ? keyForm.missing.key : problem?.of('key')}
          hint={
            <>
              {alike.length > 0 && <strong>{keyForm.looksLike(alike.map(providerName).join(', '))} </strong>}
              <KeyPage provider={row.provider} />
            </>
          }
          onChange={(about) => {
            setTyped(about);
            setMissing(false);
            forget();
          }}
        />
        {held && (
          <Banner tone="warn" alert title={problem.extras.secret === undefined ? keyChange.heldInSeal : keyChange.heldIn(problem.extras.secret)}>
            {keyChange.heldAction}
          </Banner>
        )}
        {(held || store !== undefined) && (
          <Radio
            legend={keyForm.store}
            value={store}
            options={(['EncryptedKey', 'Secret'] as const).map((value) => ({
              value,
              label: keyForm.stores[value],
              about: keyForm.storeHints[value],
              off: value === 'EncryptedKey' && !keyRing.value ? keyForm.noKeyRing : undefined,
            }))}
            onChange={setStore}
          />
        )}
        {problem !== undefined && !held && (
          <Conflict
            problem={problem}
            mine={{}}
            onKeepMine={() => void proceed()}
            onTakeTheirs={onClose}
            onTakeOver={() => void proceed(true)}
          />
        )}
      </form>
      {impact !== undefined && (
        <ImpactDialog impact={impact} namespace={row.namespace} proceed={keyForm.save} onProceed={() => proceed()} onClose={drop} />
      )}
    </Dialog>
  );
}

/** The new key, asked the way the stored one is asked. */
function tried(key: Key, value: string): TriedKey {
  const { encryptedKey: _e, sealedKey: _s, secretRef: _r, ...spec } = (key.spec ?? {}) as Record<string, unknown>;
  return { ...spec, namespace: key.namespace, name: key.name, provider: key.provider as Provider, key: value };
}
