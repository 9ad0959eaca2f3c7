import { describe, expect, it } from 'vitest';
import type { FactsProvider, Key } from '../../src/api/schema';
import { Problem } from '../../src/api/problem';
import { byPopularity } from '../../src/parts/providers';
import { bodyOf, EMPTY, headersOf, lines, looksLike, missing, wrongOf, type Draft } from '../../src/screens/keys/draft';
import { draftOf, patchOf } from '../../src/screens/keys/EditKey';
import { PROBLEM } from './fake';

const provider = (name: string, keyPrefixes: string[], endpoint?: string, keyless = false): FactsProvider =>
  ({ name, dialect: 'OpenAI', keyless, keyPrefixes, keyVariables: [], listsModels: true, ...(endpoint ? { endpoint } : {}) });

const ALL = [
  provider('OpenAI', ['sk-proj-', 'sk-svcacct-', 'sk-'], 'https://api.openai.com/v1'),
  provider('Anthropic', ['sk-ant-api'], 'https://api.anthropic.com'),
  provider('DeepSeek', ['sk-'], 'https://api.deepseek.com/v1'),
  provider('Mistral', [], 'https://api.mistral.ai/v1'),
  provider('VLLM', [], undefined, true),
];
const [OPENAI, , , , VLLM] = ALL as [FactsProvider, FactsProvider, FactsProvider, FactsProvider, FactsProvider];
const draft = (some: Partial<Draft>): Draft => ({ ...EMPTY, namespace: 'agents', provider: 'OpenAI', ...some });

describe('what a key looks like', () => {
  it.each([
    ['sk-ant-a', 'OpenAI', ['Anthropic']],
    ['sk-proj-', 'OpenAI', []],
    ['sk-proj-', 'Anthropic', ['OpenAI']],
    ['sk-01234', 'DeepSeek', []],
    ['sk-01234', 'Anthropic', ['OpenAI', 'DeepSeek']],
    ['sk-ant-a', 'VLLM', []],
    ['0123abcd', 'OpenAI', []],
    ['', 'OpenAI', []],
    ['sk-ant-a', 'Nobody', []],
  ])('%s for %s: %j', (prefix, chosen, expected) => {
    expect(looksLike(prefix, chosen, ALL)).toEqual(expected);
  });
});

describe('a draft', () => {
  it('sends what was filled in, and nothing else', () => {
    expect(bodyOf(draft({ displayName: ' Team A ' }), 'the key')).toEqual({
      namespace: 'agents',
      provider: 'OpenAI',
      displayName: 'Team A',
      key: 'the key',
      store: 'EncryptedKey',
    });
  });

  it('sends a Secret, or nothing, instead of a key', () => {
    const secret = bodyOf(draft({ source: 'secret', secretName: 'openai', secretKey: 'api-key' }), 'left over');
    expect(secret).toMatchObject({ secretRef: { name: 'openai', key: 'api-key' } });
    expect(secret.key).toBeUndefined();
    expect(bodyOf(draft({ source: 'none' }), 'left over')).toEqual({ namespace: 'agents', provider: 'OpenAI' });
  });

  it('sends what stands under Advanced', () => {
    expect(
      bodyOf(
        draft({
          source: 'none',
          endpoint: 'http://vllm:8000',
          insecure: true,
          headers: 'X-Team: a\n\nX-Note:  b: c ',
          azureVersion: '2025-01-01',
          caName: 'ca',
          caField: 'ca.crt',
          allow: 'gpt-*\n',
          manual: ' my-model',
          expires: '2027-03-31',
        }),
        '',
      ),
    ).toEqual({
      namespace: 'agents',
      provider: 'OpenAI',
      endpoint: 'http://vllm:8000',
      allowInsecureEndpoint: true,
      headers: [{ name: 'X-Team', value: 'a' }, { name: 'X-Note', value: 'b: c' }],
      azure: { apiVersion: '2025-01-01' },
      caRef: { kind: 'ConfigMap', name: 'ca', key: 'ca.crt' },
      models: { allow: ['gpt-*'], additional: [{ id: 'my-model' }] },
      expiresAt: '2027-03-31T00:00:00Z',
    });
  });

  it('says everything that is missing at once', () => {
    expect(Object.keys(missing({ ...EMPTY, headers: 'no header' }, undefined, false))).toEqual(['namespace', 'provider', 'key', 'headers']);
    expect(Object.keys(missing(draft({ source: 'secret' }), OPENAI, false))).toEqual(['secretRef.name', 'secretRef.key']);
    expect(Object.keys(missing(draft({ provider: 'VLLM', source: 'none' }), VLLM, false))).toEqual(['endpoint']);
    expect(missing(draft({}), OPENAI, true)).toEqual({});
  });

  it('reads lines and headers as people write them', () => {
    expect(lines(' a \n\n b')).toEqual(['a', 'b']);
    expect(headersOf('')).toEqual([]);
    expect(headersOf('Two Words: x')).toBeUndefined();
  });
});

it('finds what the server says of a field, whether it is named as in the form or as in the object', () => {
  const problems = [
    { field: 'key', reason: 'KeyMalformed', message: 'One line.' },
    { field: 'spec.endpoint', reason: 'Invalid', message: 'No address.' },
    { field: 'spec.headers[0].value', reason: 'LooksLikeAKey', message: 'A key.' },
  ];
  expect(wrongOf(undefined)).toEqual({});
  expect(wrongOf(new Problem({ ...PROBLEM, problems }))).toEqual({ key: 'One line.', endpoint: 'No address.', 'headers[0].value': 'A key.' });
});

describe('an edit', () => {
  const key = {
    id: 'agents.k',
    namespace: 'agents',
    name: 'k',
    provider: 'OpenAI',
    displayName: 'Team A',
    expiresAt: '2027-03-31T12:30:00Z',
    spec: { endpoint: 'https://x/v1', headers: [{ name: 'A', value: 'b' }], models: { allow: ['gpt-*'], discovery: 'List' } },
  } as unknown as Key;
  const before = draftOf(key);

  it('that changes nothing sends nothing', () => {
    expect(patchOf(before, { ...before })).toEqual({});
  });

  it('sends what differs, and takes away what was emptied', () => {
    const after = { ...before, displayName: '', endpoint: 'https://y/v1', headers: '', expires: '' };
    expect(patchOf(before, after)).toEqual({ displayName: null, endpoint: 'https://y/v1', headers: null, expiresAt: null });
  });

  it('leaves alone what the form does not show', () => {
    expect(patchOf(before, { ...before, allow: 'gpt-5*' })).toEqual({ models: { allow: ['gpt-5*'], additional: null } });
  });
});

it('shows first what most people look for, and last what is new', () => {
  const names = ['Echo', 'Newcomer', 'Anthropic', 'OpenAI'].map((name) => ({ name }));
  expect(byPopularity(names).map((one) => one.name)).toEqual(['OpenAI', 'Anthropic', 'Echo', 'Newcomer']);
});
