import { useEffect, useState } from 'preact/hooks';
import { client } from '../../api/client';
import { Combobox } from '../../parts/Combobox';
import { keyForm } from '../../text/en';

export interface SecretPickerProps {
  readonly namespace: string;
  readonly name: string;
  readonly field: string;
  readonly wrong: Readonly<Record<string, string>>;
  readonly onChange: (change: { secretName?: string; secretKey?: string }) => void;
}

/** Names of Secrets and of their fields, never a value; who may not list them types the names. */
export function SecretPicker({ namespace, name, field, wrong, onChange }: SecretPickerProps) {
  const names = useNames(async (signal) => {
    if (namespace === '') {
      return []; // not chosen yet
    }
    const answer = await client.call('GET /secrets', { query: { namespace, limit: 500 }, signal });
    return answer.body.items.map((one) => one.name);
  }, namespace);
  const fields = useNames(
    async (signal) =>
      name === '' || namespace === ''
        ? []
        : (await client.call('GET /secrets/{id}', { path: { id: `${namespace}.${name}` }, signal })).body.dataKeys,
    `${namespace}.${name}`,
  );
  return (
    <>
      <Combobox
        label={keyForm.secret}
        value={name === '' ? undefined : name}
        options={(names ?? []).map((one) => ({ value: one, label: one }))}
        onChange={(secretName) => onChange({ secretName, secretKey: '' })}
        hint={names === undefined ? keyForm.secretsUnknown : undefined}
        error={wrong['secretRef.name'] ?? wrong['secretRef']}
        none={keyForm.secretEmpty}
        free
      />
      <Combobox
        label={keyForm.secretKey}
        value={field === '' ? undefined : field}
        options={(fields ?? []).map((one) => ({ value: one, label: one }))}
        onChange={(secretKey) => onChange({ secretKey })}
        hint={fields === undefined ? keyForm.secretUnreadable : undefined}
        error={wrong['secretRef.key']}
        free
      />
    </>
  );
}

/** @returns undefined when they cannot be listed */
function useNames(load: (signal: AbortSignal) => Promise<readonly string[]>, key: string): readonly string[] | undefined {
  const [names, setNames] = useState<readonly string[] | undefined>([]);
  useEffect(() => {
    const own = new AbortController();
    setNames([]);
    load(own.signal).then(setNames, () => {
      if (!own.signal.aborted) {
        setNames(undefined);
      }
    });
    return () => own.abort();
  }, [key]);
  return names;
}
