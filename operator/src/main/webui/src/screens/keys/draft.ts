import type { Problem } from '../../api/problem';
import type { FactsProvider, NewKey, Provider, TriedKey } from '../../api/schema';
import { keyForm } from '../../text/en';

/** What stands in the form; the key itself stands in its field alone. */
export interface Draft {
  readonly namespace: string;
  readonly provider: Provider | '';
  readonly displayName: string;
  readonly name: string;
  readonly source: 'key' | 'secret' | 'none';
  readonly secretName: string;
  readonly secretKey: string;
  readonly store: 'EncryptedKey' | 'Secret';
  readonly endpoint: string;
  readonly insecure: boolean;
  readonly headers: string;
  readonly azureVersion: string;
  readonly caKind: 'ConfigMap' | 'Secret';
  readonly caName: string;
  readonly caField: string;
  readonly allow: string;
  readonly manual: string;
  readonly expires: string;
}

export const EMPTY: Draft = {
  namespace: '',
  provider: '',
  displayName: '',
  name: '',
  source: 'key',
  secretName: '',
  secretKey: '',
  store: 'EncryptedKey',
  endpoint: '',
  insecure: false,
  headers: '',
  azureVersion: '',
  caKind: 'ConfigMap',
  caName: '',
  caField: '',
  allow: '',
  manual: '',
  expires: '',
};

/** The fields of the API, named as its problems name them. */
export type Wrong = Readonly<Record<string, string>>;

/**
 * What the server says of fields, by the name that each has in the form: some rules are about the object, and name the
 * field as it is there.
 */
export function wrongOf(problem: Problem | undefined): Wrong {
  const told = (problem?.problems ?? []).map((one) => [one.field.replace(/^spec\./, ''), one.message]);
  return Object.fromEntries(told);
}

/** What the page knows to be missing before it asks; the server judges the rest. */
export function missing(draft: Draft, facts: FactsProvider | undefined, hasKey: boolean): Wrong {
  const wrong: Record<string, string> = {};
  if (draft.namespace === '') {
    wrong['namespace'] = keyForm.missing.namespace;
  }
  if (draft.provider === '') {
    wrong['provider'] = keyForm.missing.provider;
  }
  if (draft.source === 'key' && !hasKey) {
    wrong['key'] = keyForm.missing.key;
  }
  if (draft.source === 'secret') {
    if (draft.secretName === '') {
      wrong['secretRef.name'] = keyForm.missing.secretName;
    }
    if (draft.secretKey === '') {
      wrong['secretRef.key'] = keyForm.missing.secretKey;
    }
  }
  if (facts !== undefined && facts.endpoint === undefined && draft.endpoint.trim() === '') {
    wrong['endpoint'] = keyForm.missing.endpoint;
  }
  if (headersOf(draft.headers) === undefined) {
    wrong['headers'] = keyForm.missing.headers;
  }
  return wrong;
}

/** What is sent. A field that is empty is left out, so that defaults stay defaults. */
export function bodyOf(draft: Draft, key: string): NewKey {
  const ca = { kind: draft.caKind, name: draft.caName.trim(), key: draft.caField.trim() };
  const models = { allow: lines(draft.allow), additional: lines(draft.manual).map((id) => ({ id })) };
  return {
    namespace: draft.namespace,
    provider: draft.provider as Provider,
    ...some('displayName', draft.displayName),
    ...some('name', draft.name),
    ...(draft.source === 'key' ? { key, store: draft.store } : {}),
    ...(draft.source === 'secret' ? { secretRef: { name: draft.secretName.trim(), key: draft.secretKey.trim() } } : {}),
    ...some('endpoint', draft.endpoint),
    ...(draft.insecure ? { allowInsecureEndpoint: true } : {}),
    ...(lines(draft.headers).length > 0 ? { headers: headersOf(draft.headers) ?? [] } : {}),
    ...(draft.azureVersion.trim() === '' ? {} : { azure: { apiVersion: draft.azureVersion.trim() } }),
    ...(ca.name === '' ? {} : { caRef: ca }),
    ...(models.allow.length + models.additional.length > 0 ? { models: filled(models) } : {}),
    ...(draft.expires === '' ? {} : { expiresAt: `${draft.expires}T00:00:00Z` }),
  };
}

/** A test asks the same of the same. */
export function triedOf(draft: Draft, key: string): TriedKey {
  return bodyOf(draft, key);
}

/** @returns undefined when a line is no header */
export function headersOf(text: string): readonly { name: string; value: string }[] | undefined {
  const headers = lines(text).map((line) => /^([^\s:]+)\s*:\s*(.*)$/.exec(line));
  return headers.every((one) => one !== null)
    ? headers.map((one) => ({ name: one?.[1] ?? '', value: one?.[2] ?? '' }))
    : undefined;
}

export function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * The providers that a key looks like, when the chosen one is not among them. Servers of one's own take keys of any
 * look, so of those nothing is said.
 */
export function looksLike(prefix: string, chosen: string, all: readonly FactsProvider[]): readonly string[] {
  const own = all.find((one) => one.name === chosen);
  if (prefix === '' || own === undefined || own.endpoint === undefined) {
    return [];
  }
  let longest = 0;
  let found: string[] = [];
  for (const one of all) {
    for (const known of one.keyPrefixes) {
      if (prefix.startsWith(known.slice(0, prefix.length)) && known.length >= longest) {
        found = known.length > longest ? [one.name] : [...found, one.name];
        longest = known.length;
      }
    }
  }
  return found.includes(chosen) ? [] : found;
}

function some<K extends string>(name: K, value: string): Partial<Record<K, string>> {
  const trimmed = value.trim();
  return (trimmed === '' ? {} : { [name]: trimmed }) as Partial<Record<K, string>>;
}

function filled(object: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, list]) => list.length > 0));
}
