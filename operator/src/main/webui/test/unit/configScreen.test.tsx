import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../../src/api/problem';
import type { Choice, Config, Impact } from '../../src/api/schema';
import { Conflicts } from '../../src/screens/configs/Conflicts';
import { Fallbacks } from '../../src/screens/configs/Fallbacks';
import { sentenceOf } from '../../src/parts/Impact';
import { matches } from '../../src/screens/configs/List';
import { patchYaml } from '../../src/screens/configs/Owner';
import { ParameterRows } from '../../src/screens/configs/ParameterRows';
import { Rollout } from '../../src/screens/configs/Rollout';
import { TakeOver } from '../../src/screens/configs/TakeOver';
import type { Spec } from '../../src/state/configDraft';
import { ConfigEditor } from '../../src/state/configEditor';
import { configs } from '../../src/state/stores';
import { PROBLEM } from './fake';

const CONFIG = { id: 'agents.support', namespace: 'agents', name: 'support', model: 'gpt-5-mini', apiKeyId: 'agents.openai', delivery: { mode: 'Env', profile: 'openai' }, state: 'Ready' } as unknown as Config;

function drawn(what: Parameters<typeof render>[0]): HTMLElement {
  const root = document.createElement('div');
  document.body.append(root);
  act(() => render(what, root));
  return root;
}

function editorWith(spec: Spec): ConfigEditor {
  const editor = new ConfigEditor('agents', undefined, spec);
  editor.base.value = spec;
  editor.config.value = CONFIG;
  return editor;
}

const click = (root: HTMLElement, name: string) => act(() => button(root, name)?.click());
const button = (root: HTMLElement, name: string) => [...root.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent)?.includes(name));

afterEach(() => {
  for (const root of document.body.children) {
    act(() => render(null, root));
  }
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe('the parameters of a config', () => {
  const choice = {
    configured: true,
    model: 'gpt-5-mini',
    isDefault: false,
    capabilities: [],
    parameters: { temperature: { supported: false, sentence: 'GPT-5 mini does not accept temperature.' }, reasoningEffort: { supported: true, values: ['Low', 'High'] } },
  } as Choice;

  it('cannot be sent where the model refuses them, and say why', () => {
    const root = drawn(<ParameterRows editor={editorWith({ model: 'gpt-5-mini' })} choice={choice} />);
    expect(root.querySelectorAll<HTMLInputElement>('input[type=range]')[0]?.disabled).toBe(true);
    expect(root.textContent).toContain('GPT-5 mini does not accept temperature.');
  });

  it('tell of a value that is still there and not sent, and take it away', () => {
    const editor = editorWith({ model: 'gpt-5-mini', parameters: { temperature: 0.2 } });
    const root = drawn(<ParameterRows editor={editor} choice={choice} />);
    expect(root.textContent).toContain('Set to 0.2, and not sent.');
    click(root, 'Remove it');
    expect(editor.draft.value).toEqual({ model: 'gpt-5-mini' });
  });

  it('offer the efforts of the model, and one that is set besides', () => {
    const root = drawn(<ParameterRows editor={editorWith({ model: 'gpt-5-mini', parameters: { reasoningEffort: 'Max' } })} choice={choice} />);
    expect([...root.querySelectorAll<HTMLInputElement>('input[type=radio]')].map((one) => one.value)).toEqual(['Low', 'High', 'Max']);
  });

  it('keep half-typed JSON out of the draft', () => {
    const editor = editorWith({ model: 'gpt-5-mini' });
    const root = drawn(<ParameterRows editor={editor} choice={undefined} />);
    const area = [...root.querySelectorAll('textarea')].at(-1) as HTMLTextAreaElement;
    const type = (value: string) =>
      act(() => {
        area.value = value;
        area.dispatchEvent(new Event('input', { bubbles: true }));
      });
    type('{"seed":');
    expect(area.getAttribute('aria-invalid')).toBe('true');
    expect(area.value).toBe('{"seed":');
    expect(editor.draft.value).toEqual({ model: 'gpt-5-mini' });
    type('{"seed": 7}');
    expect(area.getAttribute('aria-invalid')).toBeNull();
    expect(editor.draft.value).toEqual({ model: 'gpt-5-mini', parameters: { extra: { seed: 7 } } });
    editor.leave();
  });
});

describe('fields that another manager owns', () => {
  it('are taken over one by one; what is left stays as it was', () => {
    const editor = editorWith({ model: 'a', parameters: { topP: 1 } });
    editor.set('model', 'b');
    editor.set('parameters.topP', 0.5);
    editor.leave();
    const problem = new Problem({ ...PROBLEM, status: 409, reason: 'FieldOwnedByAnotherManager', manager: 'kubectl', fields: ['spec.model', 'spec.parameters.topP'] });
    const onTake = vi.fn();
    const root = drawn(<TakeOver problem={problem} editor={editor} onClose={() => {}} onTake={onTake} onLeave={() => {}} />);
    const boxes = root.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
    expect(boxes).toHaveLength(2);
    act(() => boxes[0]?.click());
    click(root, 'Take over and save');
    expect(onTake).toHaveBeenCalledWith(['model']);
  });

  it('leave nothing to save when all of them stay', () => {
    const editor = editorWith({ model: 'a' });
    editor.set('model', 'b');
    editor.leave();
    const problem = new Problem({ ...PROBLEM, reason: 'FieldOwnedByAnotherManager', fields: ['spec.model'] });
    const onLeave = vi.fn();
    const root = drawn(<TakeOver problem={problem} editor={editor} onClose={() => {}} onTake={() => {}} onLeave={onLeave} />);
    act(() => root.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
    click(root, 'Save the others');
    expect(onLeave).not.toHaveBeenCalled();
    expect(button(root, 'Save the others')?.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('both versions of a field', () => {
  it('are shown with the choice between them', () => {
    const editor = editorWith({ model: 'theirs' });
    editor.conflicts.value = [{ field: 'model', base: 'was', mine: 'mine', theirs: 'theirs' }];
    editor.draft.value = { model: 'mine' };
    const root = drawn(<Conflicts editor={editor} />);
    expect(root.textContent).toContain('theirs');
    click(root, 'Take theirs');
    editor.leave();
    expect(editor.draft.value).toEqual({ model: 'theirs' });
    expect(editor.conflicts.value).toEqual([]);
  });
});

describe('fallbacks', () => {
  it('change their order by buttons', () => {
    const editor = editorWith({ model: 'a', fallbackRefs: [{ name: 'one' }, { name: 'two' }] });
    const root = drawn(<Fallbacks editor={editor} />);
    click(root, 'Move two up');
    expect(editor.draft.value['fallbackRefs']).toEqual([{ name: 'two' }, { name: 'one' }]);
    expect(root.querySelector('[role=status]')?.textContent).toBe('two is now 1 of 2.');
    click(root, 'Remove two');
    click(root, 'Remove one');
    editor.leave();
    expect(editor.draft.value).toEqual({ model: 'a' });
  });

  it('are other configs of the same namespace', async () => {
    const items = [CONFIG, { ...CONFIG, id: 'agents.other', name: 'other' }, { ...CONFIG, id: 'shop.far', namespace: 'shop', name: 'far' }];
    await configs.open(() => Promise.resolve({ items, total: 3, stale: false }));
    const root = drawn(<Fallbacks editor={editorWith({ model: 'a' })} />);
    expect([...root.querySelectorAll('option')].map((one) => one.value)).toEqual(['', 'other']);
  });
});

describe('a rollout that waits for approval', () => {
  const waiting = { ...CONFIG, state: 'Waiting', reason: 'AwaitingApproval', candidate: 'm-1', agents: { matched: 1, upToDate: 0, failed: 0 } } as unknown as Config;

  it('offers to approve the revision that is wanted, and none of before a change whose own is not known yet', () => {
    vi.stubGlobal('fetch', () => new Promise(() => {}));
    expect(button(drawn(<Rollout config={waiting} />), 'Approve')).toBeDefined();
    expect(button(drawn(<Rollout config={{ ...waiting, state: 'Pending' }} />), 'Approve')).toBeUndefined();
  });
});

describe('what is said of a config', () => {
  const impact = (more: Partial<Impact>): Impact => ({ dryRun: true, object: {}, changes: [], restarts: 0, hotSwitches: 0, agents: [], truncated: false, warnings: [], ...more });

  it.each<[Partial<Impact>, string]>([
    [{}, 'No agent restarts.'],
    [{ restarts: 5, hotSwitches: 2 }, 'Restarts 5 agents, switches 2 agents without a restart in agents.'],
    [{ agents: [{ id: 'a', effect: 'NeedsApproval' }] }, '1 agent waits for approval in agents.'],
    [{ restarts: 1, agents: [{ id: 'a', effect: 'OnNextRestart' }] }, 'Restarts 1 agent, 1 agent follows with the next restart in agents.'],
  ])('%j', (told, sentence) => {
    expect(sentenceOf(impact(told), 'agents')).toBe(sentence);
  });

  it('is found by every word that was typed', () => {
    expect(matches(CONFIG, 'SUPP gpt-5', '')).toBe(true);
    expect(matches(CONFIG, 'supp claude', '')).toBe(false);
    expect(matches(CONFIG, '', 'Failed')).toBe(false);
  });

  it('is a patch for kustomize with what differs alone', () => {
    const editor = editorWith({ model: 'a', displayName: 'gone' });
    editor.draft.value = { model: 'b' };
    expect(patchYaml(editor)).toBe(
      ['apiVersion: "llmconfig.dev/v1alpha1"', 'kind: "ModelConfig"', 'metadata:', '  name: "support"', '  namespace: "agents"', 'spec:', '  model: "b"', '  displayName: null', ''].join('\n'),
    );
  });
});
