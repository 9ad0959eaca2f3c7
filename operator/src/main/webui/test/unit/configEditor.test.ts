import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeEditor, ConfigEditor, editorOf, unsaved } from '../../src/state/configEditor';
import { modelAt, offersIn } from '../../src/state/offers';
import { asProblem, fakeServer, PROBLEM, type Heard, type Told } from './fake';

const SPEC = { model: 'gpt-4.1', apiKeyRef: { name: 'openai' }, parameters: { temperature: 0.2 } };
const config = (spec: object = SPEC, generation = 1) => ({
  id: 'agents.support',
  namespace: 'agents',
  name: 'support',
  model: 'gpt-4.1',
  apiKeyId: 'agents.openai',
  generation,
  rv: String(generation),
  spec,
});
const impact = (restarts = 0) => ({ dryRun: true, object: {}, changes: [], restarts, hotSwitches: 0, agents: [], truncated: false, warnings: [] });

/** A config that changes as it is told, and says no to an old ETag. */
function server(special: (heard: Heard) => Told | undefined = () => undefined) {
  const state = { spec: SPEC as object, generation: 1 };
  const fake = fakeServer((heard) => {
    const told = special(heard);
    if (told !== undefined) {
      return told;
    }
    const url = new URL(heard.url);
    const etag = `"u.${state.generation}.9"`;
    if (heard.headers['Accept'] === 'application/yaml') {
      return { body: `yaml of ${heard.method}`, headers: { 'content-type': 'application/yaml' } };
    }
    if (url.pathname.endsWith('/preview')) {
      return { body: { env: [{ name: 'OPENAI_MODEL', value: 'x' }], files: [], yaml: '', notes: [] } };
    }
    if (url.searchParams.get('dryRun') === 'true') {
      return { body: impact() };
    }
    if (heard.method === 'PATCH') {
      if (heard.headers['If-Match'] !== etag) {
        return { status: 412, headers: asProblem, body: { ...PROBLEM, status: 412, reason: 'ChangedMeanwhile' } };
      }
      state.generation += 1;
      state.spec = { ...SPEC, ...JSON.parse(heard.body ?? '{}') };
      return { body: config(state.spec, state.generation), headers: { etag: `"u.${state.generation}.9"` } };
    }
    return { body: config(state.spec, state.generation), headers: { etag } };
  });
  return { ...fake, state };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the editor of a config', () => {
  it('opens with what is saved, and with what agents receive of it', async () => {
    const { client } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    await vi.runAllTimersAsync();
    expect(editor.shown.value).toEqual({ kind: 'ready' });
    expect(editor.dirty.value).toBe(false);
    expect(editor.look.value).toEqual({ kind: 'same' });
    expect(editor.preview.value?.env).toHaveLength(1);
    expect(editor.yaml.value).toEqual({ before: 'yaml of GET', after: 'yaml of GET' });
  });

  it('asks once what a save would do, after the last of many keys', async () => {
    const { client, heard } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    await vi.runAllTimersAsync();
    heard.length = 0;
    for (const value of [0.3, 0.35, 0.4]) {
      editor.set('parameters.temperature', value);
    }
    expect(editor.look.value).toEqual({ kind: 'looking' });
    await vi.runAllTimersAsync();
    const runs = heard.filter((one) => one.url.includes('dryRun=true') && one.headers['Accept'] === 'application/json');
    expect(runs.map((one) => one.body)).toEqual(['{"parameters":{"temperature":0.4}}']);
    expect(editor.look.value.kind).toBe('shown');
    expect(editor.yaml.value.after).toBe('yaml of PATCH');
  });

  it('saves the difference alone, for the state that was seen', async () => {
    const { client, heard } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    await vi.runAllTimersAsync();
    const saved = await editor.save();
    const write = heard.find((one) => one.method === 'PATCH' && !one.url.includes('dryRun'));
    expect(write?.body).toBe('{"model":"gpt-5"}');
    expect(write?.headers['If-Match']).toBe('"u.1.9"');
    expect(saved?.undo?.patch).toEqual({ model: 'gpt-4.1' });
    expect(editor.dirty.value).toBe(false);
  });

  it('asks no more what a save would do once it is saved, and asks again where that was refused', async () => {
    let refusing = false;
    const { client, heard } = server(({ method, url }) =>
      refusing && method === 'PATCH' && !url.includes('dryRun') ? { status: 409, headers: asProblem, body: { ...PROBLEM, status: 409, reason: 'AlreadyExists' } } : undefined,
    );
    const looks = () => heard.filter((one) => one.url.includes('dryRun') && one.headers['Accept'] !== 'application/yaml');
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    await editor.save();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(looks()).toHaveLength(0);
    refusing = true;
    editor.set('model', 'gpt-5-mini');
    await editor.save();
    expect(editor.look.value).toEqual({ kind: 'looking' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(looks()).toHaveLength(1);
    expect(editor.look.value).toMatchObject({ kind: 'shown' });
  });

  it('offers no undo where agents restart', async () => {
    const { client } = server((heard) => (heard.url.includes('dryRun') && heard.headers['Accept'] === 'application/json' ? { body: impact(5) } : undefined));
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    await vi.runAllTimersAsync();
    expect((await editor.save())?.undo).toBeUndefined();
  });

  it('takes a save back with the patch that undoes it', async () => {
    const { client, heard } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    await vi.runAllTimersAsync();
    const saved = await editor.save();
    expect(await editor.undo(saved!)).toBeUndefined();
    expect(heard.filter((one) => one.method === 'PATCH').at(-1)?.body).toBe('{"model":"gpt-4.1"}');
  });

  it('has nothing to tell of where somebody else saved what was typed', async () => {
    const { client, state } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    state.spec = { ...SPEC, model: 'gpt-5' };
    state.generation = 2;
    await editor.open();
    expect(editor.dirty.value).toBe(false);
    expect(editor.carried.value).toBe(false);
    editor.leave();
  });

  it('carries an edit over to what somebody else saved, and saves then', async () => {
    const { client, state } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    state.spec = { ...SPEC, displayName: 'Desk' };
    state.generation = 2;
    expect(await editor.save()).toBeUndefined();
    expect(editor.draft.value).toEqual({ ...SPEC, displayName: 'Desk', model: 'gpt-5' });
    expect(editor.carried.value).toBe(true);
    expect(await editor.save()).toBeDefined();
  });

  it('shows both versions of a field that two have changed', async () => {
    const { client, state } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    state.spec = { ...SPEC, model: 'gpt-6' };
    state.generation = 2;
    await editor.open();
    const [conflict] = editor.conflicts.value;
    expect(conflict).toEqual({ field: 'model', base: 'gpt-4.1', mine: 'gpt-5', theirs: 'gpt-6' });
    editor.settle(conflict!, false);
    expect(editor.draft.value['model']).toBe('gpt-6');
    expect(editor.conflicts.value).toEqual([]);
    expect(editor.dirty.value).toBe(false);
  });

  it('leaves fields with their manager when the person says so', async () => {
    const { client, heard } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    editor.set('displayName', 'Desk');
    await editor.save(true, ['model']);
    const write = heard.find((one) => one.method === 'PATCH');
    expect(write?.body).toBe('{"displayName":"Desk"}');
    expect(new URL(write!.url).searchParams.get('force')).toBe('true');
    expect(editor.draft.value['model']).toBe('gpt-4.1');
  });

  it('keeps what is mistyped apart from the draft until it is a value', async () => {
    const { client } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.mistyped('parameters.extra', 'no JSON');
    expect(editor.dirty.value).toBe(true);
    expect(editor.changes.value).toEqual([]);
    editor.set('parameters.extra', { seed: 1 });
    expect(editor.wrong.value.size).toBe(0);
    editor.discard();
    expect(editor.dirty.value).toBe(false);
  });

  it('tells why nothing was saved, and keeps what was typed', async () => {
    const refusal = { status: 422, headers: asProblem, body: { ...PROBLEM, status: 422, reason: 'Invalid', problems: [{ field: 'model', reason: 'Invalid', message: 'no' }] } };
    const { client } = server((heard) => (heard.method === 'PATCH' ? refusal : undefined));
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    await vi.runAllTimersAsync();
    expect(editor.look.value).toMatchObject({ kind: 'refused', problem: { reason: 'Invalid' } });
    expect(editor.yamlProblem.value?.reason).toBe('Invalid');
    expect(await editor.save()).toBeUndefined();
    expect(editor.refused.value?.of('model')).toBe('no');
    expect(editor.draft.value['model']).toBe('gpt-5');
  });

  it('says that it is gone, and keeps what was typed', async () => {
    let there = true;
    const { client } = server((heard) => (there || heard.method !== 'GET' ? undefined : { status: 404, headers: asProblem, body: { ...PROBLEM, status: 404, reason: 'ModelNotFound' } }));
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    there = false;
    await editor.open();
    expect(editor.gone.value).toBe(true);
    expect(editor.draft.value['model']).toBe('gpt-5');
  });

  it('asks about nothing any more once it was deleted', async () => {
    const { client, heard } = server();
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    editor.deleted();
    heard.length = 0;
    editor.set('model', 'gpt-6');
    editor.discard();
    await vi.runAllTimersAsync();
    expect(heard).toEqual([]);
    expect(editor.gone.value).toBe(true);
  });

  it('shows a forbidden one as that, and any other failure as an error', async () => {
    const forbidden = server(() => ({ status: 403, headers: asProblem, body: PROBLEM }));
    const one = new ConfigEditor('agents', 'agents.support', {}, forbidden.client);
    await one.open();
    expect(one.shown.value.kind).toBe('forbidden');
    const away = server(() => ({ status: 503, headers: asProblem, body: { ...PROBLEM, status: 503, reason: 'MirrorUnavailable' } }));
    const other = new ConfigEditor('agents', 'agents.support', {}, away.client);
    await other.open();
    expect(other.shown.value).toMatchObject({ kind: 'error', rows: false });
  });

  it('asks about nothing that Git owns, but for its YAML', async () => {
    const { client, heard } = server((told) => (told.method === 'GET' && told.headers['Accept'] === 'application/json' ? { body: { ...config(), managedBy: { owner: 'ArgoCD', name: 'team-a', editable: false } }, headers: { etag: '"u.1.9"' } } : undefined));
    const editor = new ConfigEditor('agents', 'agents.support', {}, client);
    await editor.open();
    editor.set('model', 'gpt-5');
    await vi.runAllTimersAsync();
    expect(editor.look.value).toEqual({ kind: 'same' });
    expect(heard.filter((one) => one.method === 'PATCH').map((one) => one.headers['Accept'])).toEqual(['application/yaml']);
  });
});

describe('a config that is not there yet', () => {
  it('is made with its name and namespace', async () => {
    const { client, heard } = server();
    const editor = new ConfigEditor('agents', undefined, { model: 'gpt-5' }, client);
    await editor.open();
    await vi.runAllTimersAsync();
    expect(heard).toEqual([]);
    editor.set('apiKeyRef.name', 'openai');
    editor.rename('support');
    await vi.runAllTimersAsync();
    expect(editor.look.value.kind).toBe('shown');
    await editor.save();
    const made = heard.find((one) => one.method === 'POST' && one.url.endsWith('/config/model-configs'));
    const asked = heard.length;
    await vi.runAllTimersAsync();
    expect(heard).toHaveLength(asked);
    expect(JSON.parse(made?.body ?? '')).toEqual({ model: 'gpt-5', apiKeyRef: { name: 'openai' }, namespace: 'agents', name: 'support' });
  });

  it('is found again when it was left unsaved, and forgotten when it was not', () => {
    const editor = editorOf('agents', 'agents.other');
    editor.mistyped('parameters.extra', 'no JSON');
    closeEditor(editor);
    expect(editorOf('agents', 'agents.other')).toBe(editor);
    expect(unsaved('agents.other')).toBe(true);
    editor.discard();
    closeEditor(editor);
    expect(unsaved('agents.other')).toBe(false);
    expect(editorOf('agents', 'agents.other')).not.toBe(editor);
  });
});

describe('what a model takes', () => {
  it('is asked for by key and model', async () => {
    const items = [
      { id: 'agents.other:gpt-5', model: 'gpt-5', apiKeyId: 'agents.other' },
      { id: 'agents.openai:gpt-5', model: 'gpt-5', apiKeyId: 'agents.openai' },
    ];
    const { client, heard } = fakeServer(() => ({ body: { items, total: 2, stale: false } }));
    const found = await modelAt('agents.openai', 'gpt-5', new AbortController().signal, client);
    expect(found?.id).toBe('agents.openai:gpt-5');
    expect(await modelAt('agents.openai', 'gpt-6', new AbortController().signal, client)).toBeUndefined();
    expect(new URL(heard[0]!.url).searchParams.get('namespace')).toBe('agents');
    expect(await offersIn('agents', new AbortController().signal, client)).toHaveLength(2);
  });
});
