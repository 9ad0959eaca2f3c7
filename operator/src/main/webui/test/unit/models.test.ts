import { describe, expect, it } from 'vitest';
import type { Offer } from '../../src/state/choices';
import {
  arranged,
  EVERYTHING,
  filtered,
  offeredId,
  providersOf,
  retirement,
  troubled,
} from '../../src/state/models';

function offer(id: string, more: Partial<Offer> = {}): Offer {
  return { id, configured: false, model: id.split(':')[1] ?? id, isDefault: false, capabilities: [], ...more };
}

const ALL = [
  offer('a.mistral:small-2', { provider: 'Mistral', contextTokens: 32_000 }),
  offer('a.openai:gpt-10', { provider: 'OpenAI', capabilities: ['tools', 'vision'], contextTokens: 400_000, price: price('2') }),
  offer('a.openai:gpt-9', { provider: 'OpenAI', capabilities: ['tools'], price: price('30'), retiresOn: '2027-01-01' }),
  offer('a.support', { provider: 'OpenAI', model: 'gpt-9', configured: true, displayName: 'Für Kunden' }),
  offer('a.main', { provider: 'OpenAI', model: 'gpt-10', configured: true, isDefault: true }),
];

function price(output: string) {
  return { input: '1', output, per: '1M', currency: 'USD' };
}

function found(change: Partial<typeof EVERYTHING>): string[] {
  return filtered(ALL, { ...EVERYTHING, ...change }).map((one) => one.id);
}

describe('the filter of models', () => {
  it('lets everything through at first', () => expect(found({})).toHaveLength(5));

  it('finds all words, wherever they are and however they are written', () => {
    expect(found({ text: ' GPT  openai 10' })).toEqual(['a.openai:gpt-10', 'a.main']);
    expect(found({ text: 'für' })).toEqual(['a.support']);
    expect(found({ text: 'nothing like it' })).toEqual([]);
  });

  it('takes only what is known to be enough', () => {
    expect(found({ minContext: 32_000 })).toEqual(['a.mistral:small-2', 'a.openai:gpt-10']);
    expect(found({ maxPrice: 5 })).toEqual(['a.openai:gpt-10']);
  });

  it('takes models that can do all that is asked', () => {
    expect(found({ capabilities: ['tools'] })).toEqual(['a.openai:gpt-10', 'a.openai:gpt-9']);
    expect(found({ capabilities: ['tools', 'vision'] })).toEqual(['a.openai:gpt-10']);
  });

  it('tells what is configured from what is not, and what retires', () => {
    expect(found({ standing: 'configured' })).toEqual(['a.support', 'a.main']);
    expect(found({ standing: 'open' })).toHaveLength(3);
    expect(found({ standing: 'retiring' })).toEqual(['a.openai:gpt-9']);
    expect(found({ provider: 'Mistral' })).toEqual(['a.mistral:small-2']);
  });
});

describe('the order of models', () => {
  it('has the default first in its provider, then configs, then names as people count', () => {
    expect(arranged(ALL).map((one) => one.id)).toEqual([
      'a.mistral:small-2',
      'a.main',
      'a.support',
      'a.openai:gpt-9',
      'a.openai:gpt-10',
    ]);
  });

  it('names each provider once', () => expect(providersOf(ALL)).toEqual(['Mistral', 'OpenAI']));
});

describe('what is told of models', () => {
  it('knows what is gone, and what goes', () => {
    const now = Date.parse('2026-11-21T00:00:00Z');
    expect(retirement(offer('x'), now)).toBe('none');
    expect(retirement(offer('x', { retiresOn: '2026-11-06' }), now)).toBe('past');
    expect(retirement(offer('x', { retiresOn: '2027-11-06' }), now)).toBe('soon');
    expect(retirement(offer('x', { retiresOn: '2027-…' }), now)).toBe('soon');
  });

  it('names keys whose list is old', () => {
    const sources = [
      { apiKeyId: 'a.x', status: 'Fresh', count: 1 },
      { apiKeyId: 'a.y', status: 'Cached', count: 1 },
    ];
    expect(troubled(sources).map((one) => one.apiKeyId)).toEqual(['a.y']);
  });

  it.each([
    ['openai/gpt-x', 'a.k:openai~2Fgpt-x'],
    ['a:b.c_d-E9', 'a.k:a:b.c_d-E9'],
    ['~ é🙂', 'a.k:~7E~20~C3~A9~F0~9F~99~82'],
  ])('writes the id of %s', (model, id) => expect(offeredId('a.k', model)).toBe(id));
});
