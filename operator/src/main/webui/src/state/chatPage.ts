import { batch, computed, effect, signal } from '@preact/signals';
import type { Choice } from '../api/schema';
import { conversation, exchange, PANES, type Addressee } from './chat';
import { underWay } from './chatAnswer';
import { estimatedTokens } from './chatFormat';
import { messages } from './chatHistory';
import { kept, type Kept } from './chatKept';
import { parametersOf, type Wishes } from './parameters';
import { choices, detailed, labelOf, type Offer } from './choices';
import { unsaved } from './scripts';

/** What is asked side by side. */
export interface Pane {
  readonly id: number;
  /** Undefined for the default of the namespace. */
  readonly model: string | undefined;
  /** Its own parameters; used where they are not shared. */
  readonly wishes: Wishes;
}

/** Here, and not in the screen, so that a look at another screen loses nothing. */
export const talk = conversation();
export const draft = signal('');
export const system = signal('');
export const panes = signal<readonly Pane[]>([{ id: 0, model: undefined, wishes: {} }]);
export const shared = signal(true);
export const wishes = signal<Wishes>({});

let lastPane = 0;

export function addPane(model: string | undefined): void {
  if (panes.value.length < PANES) {
    lastPane += 1;
    panes.value = [...panes.value, { id: lastPane, model, wishes: wishes.peek() }];
  }
}

export function removePane(id: number): void {
  if (panes.value.length > 1) {
    panes.value = panes.value.filter((one) => one.id !== id);
  }
}

export function changePane(id: number, change: Partial<Pane>): void {
  panes.value = panes.value.map((one) => (one.id === id ? { ...one, ...change } : one));
}

export function wishesOf(pane: Pane): Wishes {
  return shared.value ? wishes.value : pane.wishes;
}

export function wish(pane: Pane, next: Wishes): void {
  if (shared.peek()) {
    wishes.value = next;
  } else {
    changePane(pane.id, { wishes: next });
  }
}

/** The model of a pane, if it can be chosen now. */
export function offerOf(pane: Pane): Offer | undefined {
  const all = choices.value;
  return pane.model === undefined
    ? (all.find((one) => one.isDefault) ?? all.find((one) => one.configured) ?? all[0])
    : all.find((one) => one.id === pane.model);
}

/** With parameters, where they are known by now. */
const details = signal<ReadonlyMap<string, Choice>>(new Map());

export function detailOf(offer: Offer | undefined): Choice | undefined {
  return offer === undefined ? undefined : (details.value.get(offer.id) ?? offer);
}

/** Fetches the parameters of whatever the panes name. */
export function followDetails(): () => void {
  return effect(() => {
    for (const pane of panes.value) {
      const offer = offerOf(pane);
      if (offer !== undefined) {
        void detailed(offer).then((detail) => {
          if (detail !== undefined && details.peek().get(offer.id) !== detail) {
            details.value = new Map(details.peek()).set(offer.id, detail);
          }
        });
      }
    }
  });
}

export function addressee(pane: Pane, other?: Offer): Addressee | undefined {
  const offer = other ?? offerOf(pane);
  return offer === undefined
    ? undefined
    : {
        pane: pane.id,
        model: offer.id,
        label: labelOf(offer),
        parameters: parametersOf(wishesOf(pane), detailOf(offer)),
      };
}

export function addressees(): Addressee[] {
  return panes.value.flatMap((pane) => addressee(pane) ?? []);
}

/** Tokens that the next question takes, by the last count of the provider and by the length of what it has not seen. */
export const contextUsed = computed(() => {
  const turns = talk.turns.value;
  const pane = panes.value[0]?.id ?? 0;
  // An answer is counted when it has ended: to count it at each word would make a long one slow.
  void talk.running.value;
  const last = turns.at(-1)?.answers.get(pane)?.peek();
  const fresh = estimatedTokens(draft.value);
  if (last?.usage?.input !== undefined && !underWay(last)) {
    return last.usage.input + (last.usage.output ?? 0) + fresh;
  }
  const all = messages(turns.map(exchange), pane, '', system.value);
  return all.reduce((sum, one) => sum + estimatedTokens(one.content), fresh);
});

/** Whether conversations are kept in this browser, and whether there was room for the last. */
export const keeping = signal<'no' | 'yes' | 'full'>('no');
let storage: Kept | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

let keeper: string | undefined;

unsaved.add(() => draft.peek().trim() !== '' || (talk.turns.peek().length > 0 && keeping.peek() !== 'yes'));

/** Takes up what this user has kept here before; what somebody else said before is not theirs to read. */
export function openKept(user: string): void {
  if (keeper !== undefined && keeper !== user) {
    batch(() => {
      talk.clear();
      draft.value = '';
      system.value = '';
    });
  }
  keeper = user;
  storage = kept(user, new URL('.', document.baseURI).pathname, () => localStorage);
  keeping.value = storage.wanted() ? 'yes' : 'no';
  if (keeping.value === 'yes' && talk.turns.peek().length === 0) {
    talk.restore(storage.load());
  }
}

/** Writes a moment after the last change, and what is under way when the page is left. */
export function followKept(): () => void {
  const write = (): void => {
    if (keeping.peek() !== 'no' && storage !== undefined) {
      keeping.value = storage.save(talk.turns.peek().map(exchange)) ? 'yes' : 'full';
    }
  };
  const stop = effect(() => {
    void talk.turns.value;
    void talk.running.value;
    clearTimeout(timer);
    timer = setTimeout(write, 500);
  });
  addEventListener('pagehide', write);
  return () => {
    stop();
    removeEventListener('pagehide', write);
  };
}

export function keep(wanted: boolean): void {
  if (wanted) {
    keeping.value = storage?.save(talk.turns.peek().map(exchange)) === true ? 'yes' : 'full';
  } else {
    storage?.forget();
    keeping.value = 'no';
  }
}

/** Nothing that was said stays, not even what was kept. */
export function clear(): void {
  talk.clear();
  if (keeping.peek() !== 'no') {
    storage?.save([]);
  }
}
