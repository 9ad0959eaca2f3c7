import { computed, effect, signal } from '@preact/signals';
import { client as ours, left, type Client } from '../api/client';
import { toProblem } from '../api/problem';
import type { Choice, ModelSource } from '../api/schema';
import type { Shown } from './store';
import { configs, keys } from './stores';
import { namespace } from './ui';

/** A model that can be named: merged rows have no id, and are not asked for here. */
export type Offer = Choice & { readonly id: string };

/** As many rows as one answer holds when it comes without parameters. */
const LIMIT = 2000;

/** Many keys change at once when a store is opened. */
const CALM_MS = 300;

const listed = signal<readonly Offer[]>([]);
/** Named by a person, and in no list. */
const typed = signal<readonly Offer[]>([]);

/** All that can be chosen in the namespace that is looked at, and where the lists come from. */
export const choices = computed<readonly Offer[]>(() => {
  const known = new Set(listed.value.map((one) => one.id));
  const where = namespace.value;
  const more = typed.value.filter(
    (one) => !known.has(one.id) && (where === '' || namespaceOf(one.id) === where),
  );
  return more.length === 0 ? listed.value : [...listed.value, ...more];
});
export const sources = signal<readonly ModelSource[]>([]);
const result = signal<Shown>({ kind: 'loading' });

export const shown = computed<Shown>(() => {
  const now = result.value;
  const some = choices.value.length > 0;
  if (now.kind === 'error') {
    return { ...now, rows: some };
  }
  return now.kind === 'ready' && !some ? { kind: 'empty' } : now;
});

let loading: AbortController | undefined;
let shownFor: string | undefined;

export async function loadChoices(client: Client = ours): Promise<void> {
  loading?.abort();
  const own = new AbortController();
  loading = own;
  const where = namespace.peek();
  if (shownFor !== where) {
    listed.value = [];
    sources.value = [];
    result.value = { kind: 'loading' };
    shownFor = where;
  }
  try {
    const items: Offer[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await client.call('GET /config/models', {
        query: {
          view: 'compact',
          limit: LIMIT,
          ...(where !== '' && { namespace: where }),
          ...(cursor !== undefined && { cursor }),
        },
        signal: own.signal,
      });
      for (const item of body.items) {
        if (item.id !== undefined) {
          items.push(item as Offer);
        }
      }
      sources.value = body.sources ?? [];
      cursor = body.next;
    } while (cursor !== undefined && !own.signal.aborted);
    if (!own.signal.aborted) {
      listed.value = items;
      result.value = { kind: 'ready' };
      known.clear();
    }
  } catch (thrown) {
    if (!own.signal.aborted && !left(thrown)) {
      const problem = toProblem(thrown);
      result.value = problem.forbidden ? { kind: 'forbidden', problem } : { kind: 'error', problem, rows: false };
    }
  }
}

let followed: (() => void) | undefined;

/** Lists again whenever a key or a config is another one; the server tells of those, and not of models. */
export function followChoices(client: Client = ours): void {
  followed ??= effect(() => {
    const mark = [
      namespace.value,
      ...keys.items.value.map((key) => `${key.id} ${key.state} ${key.checkedAt ?? ''} ${key.modelCount ?? ''}`),
      ...configs.items.value.map((config) => `${config.id} ${config.model} ${config.isDefault} ${config.generation}`),
    ].join('\n');
    if (mark !== lastMark) {
      const first = lastMark === undefined;
      lastMark = mark;
      clearTimeout(timer);
      timer = setTimeout(() => void loadChoices(client), first || shownFor !== namespace.peek() ? 0 : CALM_MS);
    }
  });
}

let lastMark: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** A model that no list has, for as long as the page is open. */
export function name(offer: Offer): void {
  typed.value = [...typed.peek().filter((one) => one.id !== offer.id), offer];
}

/** With its parameters, which the list leaves out. */
const known = new Map<string, Promise<Offer | undefined>>();

export function detailed(offer: Offer, client: Client = ours): Promise<Offer | undefined> {
  const before = known.get(offer.id);
  if (before !== undefined) {
    return before;
  }
  const asked = ask(offer, client).catch(() => {
    known.delete(offer.id); // asked again the next time
    return undefined;
  });
  known.set(offer.id, asked);
  return asked;
}

async function ask(offer: Offer, client: Client): Promise<Offer | undefined> {
  const { body } = await client.call('GET /config/models', {
    query: {
      namespace: namespaceOf(offer.id),
      q: offer.model,
      configured: offer.configured ? 'true' : 'false',
      limit: 500,
    },
  });
  return body.items.find((one): one is Offer => one.id === offer.id);
}

export function namespaceOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('.')));
}

/** The name of a config, or of the key that offers a model. */
export function nameOf(id: string): string {
  const name = id.slice(id.indexOf('.') + 1);
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(0, colon);
}

export function labelOf(offer: Choice): string {
  return offer.displayName !== undefined && offer.displayName !== '' ? offer.displayName : offer.model;
}

/** As the server names a config that was given no name. */
export function suggested(model: string): string {
  const name = model
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'model' : name;
}
