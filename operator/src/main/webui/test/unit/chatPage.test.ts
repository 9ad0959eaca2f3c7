import { beforeEach, describe, expect, it } from 'vitest';
import {
  addPane,
  addressee,
  addressees,
  changePane,
  clear,
  contextUsed,
  detailOf,
  draft,
  keep,
  keeping,
  offerOf,
  openKept,
  panes,
  removePane,
  shared,
  system,
  talk,
  wish,
  wishes,
  wishesOf,
  type Pane,
} from '../../src/state/chatPage';
import { awaited } from '../../src/state/chatAnswer';
import { loadChoices } from '../../src/state/choices';
import { namespace } from '../../src/state/ui';
import { fakeServer } from './fake';

const row = (id: string, more: object = {}) => ({ id, configured: false, model: id, isDefault: false, capabilities: [], ...more });

const first = (): Pane => panes.value[0] as Pane;

let place = 0;

beforeEach(async () => {
  namespace.value = `page${++place}`;
  const items = [row('a.k:x'), row('a.config', { configured: true }), row('a.main', { configured: true, isDefault: true })];
  await loadChoices(fakeServer(() => ({ body: { items, total: 3, stale: false } })).client);
  panes.value = [{ id: 0, model: undefined, wishes: {} }];
  shared.value = true;
  wishes.value = {};
  draft.value = '';
  system.value = '';
  talk.clear();
  localStorage.clear();
});

describe('the panes of the chat', () => {
  it('ask the default of the namespace until another model is chosen', () => {
    expect(offerOf(first())?.id).toBe('a.main');
    changePane(0, { model: 'a.k:x' });
    expect(offerOf(first())?.id).toBe('a.k:x');
    changePane(0, { model: 'a.gone' });
    expect(offerOf(first())).toBeUndefined();
    expect(addressees()).toEqual([]);
  });

  it('are one to three', () => {
    removePane(0);
    expect(panes.value).toHaveLength(1);
    addPane('a.k:x');
    addPane('a.config');
    addPane('a.main');
    expect(panes.value.map((one) => one.model)).toEqual([undefined, 'a.k:x', 'a.config']);
    removePane(panes.value[1]?.id ?? -1);
    expect(panes.value.map((one) => one.model)).toEqual([undefined, 'a.config']);
  });

  it('share their parameters, or have their own', () => {
    wish(first(), { topP: { send: true, value: 0.5 } });
    addPane('a.k:x');
    expect(addressees().map((one) => one.parameters)).toEqual([{ topP: 0.5 }, { topP: 0.5 }]);
    shared.value = false;
    wish(first(), { temperature: { send: true, value: 0 } });
    expect(addressees().map((one) => one.parameters)).toEqual([{ temperature: 0 }, { topP: 0.5 }]);
    shared.value = true;
    expect(wishesOf(first())).toEqual({ topP: { send: true, value: 0.5 } });
  });

  it('can ask another model once', () => {
    const other = offerOf({ id: 9, model: 'a.k:x', wishes: {} });
    expect(addressee(first(), other)).toMatchObject({ pane: 0, model: 'a.k:x' });
    expect(detailOf(undefined)).toBeUndefined();
    expect(detailOf(other)).toBe(other);
  });
});

describe('how much of the context is used', () => {
  it('is guessed before a provider has counted', () => {
    draft.value = 'x'.repeat(400);
    system.value = 'y'.repeat(40);
    expect(contextUsed.value).toBe(110);
  });

  it('is what the provider has counted, and what it has not seen', () => {
    const answer = { ...awaited('a.main', 'M'), phase: 'done' as const, text: 'a', usage: { input: 100, output: 20 } };
    talk.restore([{ question: 'q', answers: new Map([[0, answer]]) }]);
    draft.value = 'x'.repeat(40);
    expect(contextUsed.value).toBe(130);
  });
});

describe('what is kept in this browser', () => {
  const said = [{ question: 'q', answers: new Map([[0, { ...awaited('a.main', 'M'), phase: 'done' as const, text: 'a' }]]) }];

  it('is nothing, unless the person wants it', () => {
    openKept('jane');
    talk.restore(said);
    expect(keeping.value).toBe('no');
    expect(localStorage.length).toBe(0);
    keep(true);
    expect(keeping.value).toBe('yes');
    expect(localStorage.length).toBe(1);
    keep(false);
    expect(localStorage.length).toBe(0);
  });

  it('is there again for the same person, and cleared for good', () => {
    openKept('jane');
    talk.restore(said);
    keep(true);
    draft.value = 'not sent yet';
    openKept('jane');
    expect(draft.value).toBe('not sent yet');
    openKept('joe');
    expect(keeping.value).toBe('no');
    expect(talk.turns.value).toEqual([]);
    expect(draft.value).toBe('');
    openKept('jane');
    expect(talk.turns.value.map((one) => one.question)).toEqual(['q']);
    clear();
    expect(JSON.stringify(localStorage)).not.toContain('"q"');
    expect(talk.turns.value).toEqual([]);
  });
});
