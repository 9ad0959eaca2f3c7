import { useState } from 'preact/hooks';
import type { Key, Provider } from '../../api/schema';
import { Button, IconButton } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { later } from '../../parts/later';
import { editable } from '../../parts/Ownership';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { byPopularity, providerName } from '../../parts/providers';
import { Select } from '../../parts/Select';
import { toObject } from '../../routes';
import { providers } from '../../state/facts';
import { may } from '../../state/permissions';
import { keys as store } from '../../state/stores';
import { freshness } from '../../state/ui';
import { keys, settings, shell } from '../../text/en';
import { Advanced } from '../keys/Advanced';
import { testOne } from '../keys/columns';
import { KeyState } from '../keys/KeyState';
import { blank, KeyOf, useNewKey } from '../keys/newKey';
import { consentOf } from '../keys/pieces';
import { TestView } from '../keys/TestView';
import '../keys/keys.css';

const DeleteKey = later(async () => (await import('../keys/DeleteKey')).DeleteKey);

/** Add a key, test it, delete one. */
export function KeySection({ where }: { readonly where: string }) {
  return (
    <section class="surface panel" aria-labelledby="settings-keys">
      <div>
        <h2 id="settings-keys">{settings.keys}</h2>
        <p class="muted">{settings.keysAbout}</p>
      </div>
      {may('create', 'apikeyconfigs', where) ? <Form where={where} /> : <p class="muted">{settings.mayNotAdd}</p>}
      <Stored where={where} />
    </section>
  );
}

function Form({ where }: { readonly where: string }) {
  const made = useNewKey({
    first: blank(where),
    // A provider that can do without a key is asked without one when none was typed.
    completed: (draft, facts, typed) => ({ ...draft, source: !typed && facts?.keyless ? 'none' : 'key' }),
    onSaved: () => {},
  });
  const { draft, facts, trial, problem, busy, wrong, change } = made;
  const outcome = trial.kind === 'done' ? trial.result.outcome : undefined;

  return (
    <form
      ref={made.form}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void made.save();
      }}
    >
      <div class="halves">
        <Select
          label={settings.provider}
          value={draft.provider}
          error={wrong['provider']}
          options={[
            { value: '', label: settings.choose },
            ...byPopularity(providers.value).map((one) => ({ value: one.name as Provider, label: providerName(one.name) })),
          ]}
          onChange={(provider) => change({ provider: provider as Provider | '' })}
        />
        <Field
          label={settings.name}
          error={wrong['displayName'] ?? wrong['name']}
          value={draft.displayName}
          onInput={(displayName) => change({ displayName })}
          optional
        />
      </div>
      <KeyOf made={made} optional={facts?.keyless ?? false} />
      {facts !== undefined && <Advanced draft={draft} facts={facts} wrong={wrong} onChange={change} storing />}
      {problem !== undefined && <ProblemBanner problem={problem} action={consentOf(problem, () => void made.save(true))} />}
      <TestView trial={trial} onStop={made.forget} />
      <div class="row wrapping">
        <Button kind="accent" type="submit" busy={busy} off={freshness.value.stale ? shell.staleWrites : undefined}>
          {outcome === undefined || outcome === 'Accepted' ? settings.add : settings.addAnyway}
        </Button>
        <Button icon="play" onClick={made.test} busy={trial.kind === 'running'}>
          {settings.test}
        </Button>
      </div>
    </form>
  );
}

function Stored({ where }: { readonly where: string }) {
  const [deleting, setDeleting] = useState<Key | undefined>(undefined);
  const all = store.items.value.filter((one) => one.namespace === where);
  return (
    <>
      <h3>{settings.stored}</h3>
      {all.length === 0 ? (
        <p class="muted">{settings.none}</p>
      ) : (
        <ul class="settings-keys">
          {all.map((one) => (
            <li key={one.id}>
              <div class="grow">
                <div class="one-line">
                  <a href={toObject('keys', one.id)} translate={false}>
                    {one.name}
                  </a>{' '}
                  <bdi class="muted">{one.displayName}</bdi>
                </div>
                <div class="label">
                  {providerName(one.provider)} ·{' '}
                  {one.source === 'None' ? settings.noKey : <code translate={false}>{one.maskedKey ?? '***'}</code>}
                </div>
              </div>
              <KeyState id={one.id} phase={one.state} sentence={one.sentence} />
              {may('patch', 'apikeyconfigs', where) && (
                <IconButton icon="play" label={`${keys.test} ${one.name}`} onClick={() => void testOne(one)} />
              )}
              {may('delete', 'apikeyconfigs', where) && (
                <IconButton
                  icon="trash"
                  label={`${keys.remove} ${one.name}`}
                  off={one.source === 'Environment' ? keys.fromEnvironment : editable(one.managedBy) ? undefined : keys.gitOwned}
                  onClick={() => setDeleting(one)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {deleting !== undefined && <DeleteKey row={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}
