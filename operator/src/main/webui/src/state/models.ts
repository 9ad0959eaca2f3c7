import type { Choice, ModelSource } from '../api/schema';
import type { Offer } from './choices';

export const CAPABILITIES = ['tools', 'vision', 'reasoning', 'jsonSchema'] as const;

export type Capability = (typeof CAPABILITIES)[number];

export type Standing = 'all' | 'configured' | 'open' | 'retiring';

export interface Filter {
  readonly text: string;
  /** '' for all. */
  readonly provider: string;
  readonly capabilities: readonly Capability[];
  readonly minContext: number;
  /** Dollars per million tokens of output; 0 for any. */
  readonly maxPrice: number;
  readonly standing: Standing;
}

export const EVERYTHING: Filter = {
  text: '',
  provider: '',
  capabilities: [],
  minContext: 0,
  maxPrice: 0,
  standing: 'all',
};

/** What is searched in, made once for each row: typing asks for all of it at every key. */
const texts = new WeakMap<Choice, string>();

function textOf(offer: Offer): string {
  const before = texts.get(offer);
  if (before !== undefined) {
    return before;
  }
  const text = `${offer.displayName ?? ''} ${offer.model} ${offer.provider ?? ''} ${offer.id}`.toLowerCase();
  texts.set(offer, text);
  return text;
}

/** A model of which a limit or a price is not known is not among those that have at least, or at most, so much. */
export function filtered(offers: readonly Offer[], filter: Filter): readonly Offer[] {
  const wanted = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((one) => one !== '');
  return offers.filter(
    (offer) =>
      (filter.provider === '' || offer.provider === filter.provider) &&
      filter.capabilities.every((one) => offer.capabilities.includes(one)) &&
      (filter.minContext === 0 || (offer.contextTokens ?? 0) >= filter.minContext) &&
      (filter.maxPrice === 0 || outputPrice(offer) <= filter.maxPrice) &&
      stands(offer, filter.standing) &&
      wanted.every((one) => textOf(offer).includes(one)),
  );
}

function stands(offer: Offer, standing: Standing): boolean {
  switch (standing) {
    case 'all':
      return true;
    case 'configured':
      return offer.configured;
    case 'open':
      return !offer.configured;
    case 'retiring':
      return offer.retiresOn !== undefined;
  }
}

function outputPrice(offer: Choice): number {
  return offer.price?.output === undefined ? Number.POSITIVE_INFINITY : Number(offer.price.output);
}

/** The default first, then what is configured, then by name; groups stand in the order of their names. */
export function arranged(offers: readonly Offer[]): readonly Offer[] {
  return [...offers].sort(
    (a, b) =>
      NAMES.compare(a.provider ?? '', b.provider ?? '') ||
      Number(b.isDefault) - Number(a.isDefault) ||
      Number(b.configured) - Number(a.configured) ||
      NAMES.compare(a.model, b.model) ||
      NAMES.compare(a.id, b.id),
  );
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export function providersOf(offers: readonly Choice[]): readonly string[] {
  return [...new Set(offers.map((one) => one.provider ?? ''))].filter((one) => one !== '').sort(NAMES.compare);
}

/** Whether it is gone already, or will be. */
export function retirement(offer: Choice, now: number): 'none' | 'soon' | 'past' {
  if (offer.retiresOn === undefined) {
    return 'none';
  }
  const at = Date.parse(offer.retiresOn);
  return Number.isNaN(at) || at > now ? 'soon' : 'past';
}

/** Keys whose list is not what the provider says now. */
export function troubled(sources: readonly ModelSource[]): readonly ModelSource[] {
  return sources.filter((one) => one.status !== 'Fresh');
}

/** The id of a model that a key offers: every other byte is a tilde and two digits, so that no proxy can damage it. */
export function offeredId(keyId: string, model: string): string {
  const bytes = new TextEncoder().encode(model);
  const written = [...bytes].map((byte) => {
    const sign = String.fromCharCode(byte);
    return byte < 128 && /[A-Za-z0-9._:-]/.test(sign) ? sign : `~${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `${keyId}:${written.join('')}`;
}
