import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Key, Provider } from '../../api/schema';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Conflict } from '../../parts/Conflict';
import { Copy } from '../../parts/Copy';
import { Drawer } from '../../parts/Dialog';
import { Field } from '../../parts/Field';
import { ImpactDialog } from '../../parts/Impact';
import { KeyField, type KeyHandle } from '../../parts/KeyField';
import { editable, OwnerBanner } from '../../parts/Ownership';
import { patchYaml } from '../../parts/patch';
import { Skeleton } from '../../parts/Skeleton';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { client } from '../../api/client';
import { loadFacts, providerOf } from '../../state/facts';
import { may } from '../../state/permissions';
import { freshness, say } from '../../state/ui';
import { keyChange, keyForm, keys, owners, shell, states } from '../../text/en';
import { Advanced } from './Advanced';
import { bodyOf, EMPTY, headersOf, wrongOf, type Draft, type Wrong } from './draft';
import { useDetail } from './detail';
import { focusInvalid } from './pieces';
import { useKeyWrite, type KeyPatch } from './write';

/** The settings of a key, but for the key itself. */
export function EditKey({ row, onClose }: { readonly row: Key; readonly onClose: () => void }) {
  void loadFacts();
  const detail = useDetail(row.id);
  const [seen, setSeen] = useState<{ key: Key; etag: string } | undefined>(undefined);
  // What is edited is what was there when editing began: a change of somebody else is told when it is saved.
  if (seen === undefined && detail.kind === 'there') {
    setSeen({ key: detail.key, etag: detail.etag });
  }
  if (seen === undefined) {
    return (
      <Drawer title={keyChange.editTitle(row.name)} onClose={onClose}>
        {detail.kind === 'failed' ? <ProblemBanner problem={detail.problem} /> : <Skeleton rows={6} />}
      </Drawer>
    );
  }
  return (
    <Form
      key={seen.etag}
      seen={seen}
      onClose={onClose}
      onTakeTheirs={() => {
        setSeen(undefined);
        detail.reload();
      }}
    />
  );
}

interface FormProps {
  readonly seen: { readonly key: Key; readonly etag: string };
  readonly onClose: () => void;
  readonly onTakeTheirs: () => void;
}

function Form({ seen, onClose, onTakeTheirs }: FormProps) {
  const { key, etag } = seen;
  const before = useMemo(() => draftOf(key), [key]);
  const [draft, setDraft] = useState(before);
  const [local, setLocal] = useState<Wrong>({});
  const { busy, problem, impact, write, propose, drop } = useKeyWrite(key.id);
  const field = useRef<KeyHandle>(null);
  const form = useRef<HTMLFormElement>(null);
  const facts = providerOf(key.provider);
  const patch = patchOf(before, draft);
  const moved = 'endpoint' in patch || 'headers' in patch || 'caRef' in patch;
  const needsKey = (moved && key.source !== 'None') || problem?.reason === 'KeyRequiredForNewEndpoint';
  // Nothing is wrong with the new place: what is missing is the key.
  const asked: Wrong = problem?.reason === 'KeyRequiredForNewEndpoint' ? { key: keyForm.missing.keyAgain } : wrongOf(problem);
  const wrong: Wrong = { ...asked, ...local };
  // Who may only look makes a draft here, too, and copies it.
  const off = !may('patch', 'apikeyconfigs', key.namespace) ? keys.mayNot : freshness.value.stale ? shell.staleWrites : undefined;
  useEffect(() => focusInvalid(form.current), [problem]);
  const whole = (): KeyPatch => {
    const value = field.current?.peek() ?? '';
    return value === '' ? patch : { ...patch, key: value };
  };

  const done = () => {
    field.current?.clear();
    say('ok', keys.saved(key.name));
    onClose();
  };
  const save = async () => {
    if (off !== undefined) {
      return;
    }
    if (headersOf(draft.headers) === undefined) {
      setLocal({ headers: keyForm.missing.headers });
    } else if (Object.keys(patch).length === 0) {
      say('info', keyChange.nothing);
      onClose();
    } else if ((await propose(whole(), etag)) !== undefined) {
      done();
    }
  };
  const proceed = async (at: string, force = false) => {
    if ((await write(whole(), at, force)) !== undefined) {
      done();
    }
  };
  const yaml = async () =>
    (await client.yaml('PATCH /config/api-keys/{id}', { path: { id: key.id }, body: whole(), ifMatch: '*' })).body;

  return (
    <Drawer
      title={keyChange.editTitle(key.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Copy text={yaml} label={owners.copyYaml} small={false} />
          {!editable(key.managedBy) && (
            <Copy text={() => Promise.resolve(patchYaml('ApiKeyConfig', key.namespace, key.name, patch))} label={owners.copyPatch} small={false} />
          )}
          {editable(key.managedBy) && (
            <Button kind="accent" type="submit" form="edit-key" busy={busy} off={off}>
              {states.save}
            </Button>
          )}
        </>
      }
    >
      <form
        id="edit-key"
        ref={form}
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <OwnerBanner managedBy={key.managedBy} />
        <Field
          label={keyForm.displayName}
          hint={keyForm.displayNameHint}
          error={wrong['displayName']}
          value={draft.displayName}
          onInput={(displayName) => setDraft({ ...draft, displayName })}
          optional
        />
        <Advanced
          draft={draft}
          facts={facts}
          wrong={wrong}
          onChange={(some) => {
            setDraft({ ...draft, ...some });
            setLocal({});
          }}
        />
        {needsKey && (
          <>
            <Banner tone="info">{keyChange.endpointNeedsKey}</Banner>
            <KeyField label={keyForm.key} handle={field} error={wrong['key']} optional={key.source === 'SecretRef'} />
          </>
        )}
        {problem !== undefined && (
          <Conflict
            problem={problem}
            mine={patch}
            onKeepMine={() => void proceed('*')}
            onTakeTheirs={onTakeTheirs}
            onTakeOver={() => void proceed(etag, true)}
          />
        )}
      </form>
      {impact !== undefined && (
        <ImpactDialog impact={impact} namespace={key.namespace} proceed={states.save} onProceed={() => proceed(etag)} onClose={drop} />
      )}
    </Drawer>
  );
}

/** What the object says, as it stands in the form. */
export function draftOf(key: Key): Draft {
  const spec = (key.spec ?? {}) as {
    endpoint?: string;
    allowInsecureEndpoint?: boolean;
    headers?: { name: string; value: string }[];
    azure?: { apiVersion?: string };
    caRef?: { kind?: 'ConfigMap' | 'Secret'; name?: string; key?: string };
    models?: { allow?: string[]; additional?: { id: string }[] };
  };
  return {
    ...EMPTY,
    namespace: key.namespace,
    provider: key.provider as Provider,
    name: key.name,
    source: 'none',
    displayName: key.displayName ?? '',
    endpoint: spec.endpoint ?? '',
    insecure: spec.allowInsecureEndpoint ?? false,
    headers: (spec.headers ?? []).map((one) => `${one.name}: ${one.value}`).join('\n'),
    azureVersion: spec.azure?.apiVersion ?? '',
    caKind: spec.caRef?.kind ?? 'ConfigMap',
    caName: spec.caRef?.name ?? '',
    caField: spec.caRef?.key ?? '',
    allow: (spec.models?.allow ?? []).join('\n'),
    manual: (spec.models?.additional ?? []).map((one) => one.id).join('\n'),
    expires: key.expiresAt?.slice(0, 10) ?? '',
  };
}

const FIELDS = ['displayName', 'endpoint', 'allowInsecureEndpoint', 'headers', 'azure', 'caRef', 'models', 'expiresAt'] as const;

/** A merge patch of what differs; what was emptied is taken away. */
export function patchOf(before: Draft, after: Draft): KeyPatch {
  const [one, other] = [bodyOf(before, ''), bodyOf(after, '')];
  const patch: Record<string, unknown> = {};
  for (const field of FIELDS) {
    if (JSON.stringify(one[field]) !== JSON.stringify(other[field])) {
      patch[field] = field === 'models' ? modelsPatch(other.models) : (other[field] ?? null);
    }
  }
  return patch as KeyPatch;
}

/** Only the lists that stand in the form: how models are discovered is left as it is. */
function modelsPatch(models: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  return { allow: models?.['allow'] ?? null, additional: models?.['additional'] ?? null };
}
