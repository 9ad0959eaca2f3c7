import { describe, expect, it } from 'vitest';
import { changesOf, fieldNamed, fieldsOf, mergePatch, parseExtra, rebase, same, toYaml, withValue, without } from '../../src/state/configDraft';

const BASE = { model: 'gpt-4.1', apiKeyRef: { name: 'openai' }, parameters: { temperature: 0.2, extra: { seed: 7 } } };

describe('the draft of a config', () => {
  it('names every field by its path and takes further parameters as one', () => {
    expect([...fieldsOf(BASE).keys()]).toEqual(['model', 'apiKeyRef.name', 'parameters.temperature', 'parameters.extra']);
  });

  it('sets and unsets a field, and leaves no empty object behind', () => {
    const set = withValue({ model: 'a' }, 'delivery.rollout.policy', 'Manual');
    expect(set).toEqual({ model: 'a', delivery: { rollout: { policy: 'Manual' } } });
    expect(withValue(set, 'delivery.rollout.policy', undefined)).toEqual({ model: 'a' });
  });

  it('does not touch what it was made of', () => {
    withValue(BASE, 'parameters.temperature', 1);
    expect(BASE.parameters.temperature).toBe(0.2);
  });

  it('tells what has changed, unset included', () => {
    const after = withValue(withValue(BASE, 'model', 'gpt-5'), 'parameters.temperature', undefined);
    expect(changesOf(BASE, after)).toEqual([
      { field: 'model', from: 'gpt-4.1', to: 'gpt-5' },
      { field: 'parameters.temperature', from: 0.2, to: undefined },
    ]);
  });

  it('takes the order of names for nothing', () => {
    expect(same({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
    expect(same(['a', 'b'], ['b', 'a'])).toBe(false);
  });

  it('makes a patch that has null for what goes, also inside of further parameters', () => {
    const after = { model: 'gpt-4.1', apiKeyRef: { name: 'openai' }, parameters: { topP: 0.5, extra: { logprobs: true } } };
    expect(mergePatch(BASE, after)).toEqual({ parameters: { temperature: null, topP: 0.5, extra: { seed: null, logprobs: true } } });
    expect(applied(BASE, mergePatch(BASE, after))).toEqual(after);
  });

  it('has an empty patch where nothing differs', () => {
    expect(mergePatch(BASE, structuredClone(BASE))).toEqual({});
  });
});

describe('somebody else saves meanwhile', () => {
  it('takes their fields and keeps mine', () => {
    const { draft, conflicts } = rebase(BASE, withValue(BASE, 'model', 'gpt-5'), withValue(BASE, 'parameters.topP', 0.5));
    expect(conflicts).toEqual([]);
    expect(draft).toEqual({ ...BASE, model: 'gpt-5', parameters: { ...BASE.parameters, topP: 0.5 } });
  });

  it('tells of a field that both changed, and loses neither version', () => {
    const mine = withValue(BASE, 'parameters.temperature', 0.9);
    const { draft, conflicts } = rebase(BASE, mine, withValue(BASE, 'parameters.temperature', undefined));
    expect(conflicts).toEqual([{ field: 'parameters.temperature', base: 0.2, mine: 0.9, theirs: undefined }]);
    expect(fieldsOf(draft).get('parameters.temperature')).toBe(0.9);
  });

  it('has nothing to tell when both wrote the same', () => {
    const mine = withValue(BASE, 'model', 'gpt-5');
    expect(rebase(BASE, mine, mine)).toEqual({ draft: mine, conflicts: [] });
  });

  it('keeps my removal when they changed something else', () => {
    const { draft } = rebase(BASE, withValue(BASE, 'parameters.temperature', undefined), withValue(BASE, 'model', 'gpt-5'));
    expect(fieldsOf(draft).has('parameters.temperature')).toBe(false);
    expect(fieldsOf(draft).get('model')).toBe('gpt-5');
  });

  it('takes single fields back to what they were', () => {
    const draft = withValue(withValue(BASE, 'model', 'gpt-5'), 'parameters.topP', 1);
    expect(without(['parameters.topP', 'model'], BASE, draft)).toEqual(BASE);
  });
});

describe('further parameters as they are typed', () => {
  it('is nothing, an object, or a mistake with its line', () => {
    expect(parseExtra('  ')).toEqual({ value: undefined });
    expect(parseExtra('{}')).toEqual({ value: undefined });
    expect(parseExtra('{"seed": 7}')).toEqual({ value: { seed: 7 } });
    expect(parseExtra('[1]')).toEqual({ wrong: 'object' });
    expect(parseExtra('{"a": null}')).toEqual({ wrong: 'null', at: 'a' });
    expect(parseExtra('{"seed": 7,')).toMatchObject({ wrong: 'json' });
  });
});

describe('a patch as YAML', () => {
  it('quotes every text and indents what is nested', () => {
    expect(toYaml({ kind: 'ModelConfig', spec: { model: 'a: b', stop: ['x', 'y'], refs: [{ name: 'one', to: 1 }], 'odd key': null, empty: {} } })).toBe(
      ['kind: "ModelConfig"', 'spec:', '  model: "a: b"', '  stop:', '    - "x"', '    - "y"', '  refs:', '    - name: "one"', '      to: 1', '  "odd key": null', '  empty: {}'].join('\n'),
    );
  });

  it('names a field as it is named here', () => {
    expect(['spec.parameters.topP', '$.parameters.topP', 'parameters.topP', 'spec.model'].map(fieldNamed)).toEqual([
      'parameters.topP',
      'parameters.topP',
      'parameters.topP',
      'model',
    ]);
  });
});

/** RFC 7396, to check the patch with. */
function applied(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const result: Record<string, unknown> = typeof target === 'object' && target !== null ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[name];
    } else {
      result[name] = applied(result[name], value);
    }
  }
  return result;
}
