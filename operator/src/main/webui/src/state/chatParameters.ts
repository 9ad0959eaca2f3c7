import type { Choice, ChoiceSupport } from '../api/schema';

/** The parameters that the panel offers; `extra` and `timeoutSeconds` belong to a config. */
export const NAMES = ['temperature', 'topP', 'maxOutputTokens', 'reasoningEffort', 'stopSequences'] as const;

export type Name = (typeof NAMES)[number];

/** A value that is kept when it is not sent, so that switching it on again brings it back. */
export interface Wish {
  readonly send: boolean;
  readonly value: unknown;
}

export type Wishes = { readonly [name in Name]?: Wish };

/** What can be done with a parameter on this model. Where nobody knows the model, everything may be tried. */
export function supportOf(choice: Choice | undefined, name: Name): ChoiceSupport {
  return choice?.parameters?.[name] ?? { supported: true };
}

/** What goes into the request: nothing that is not switched on, nothing that the model refuses. */
export function parametersOf(wishes: Wishes, choice: Choice | undefined): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const name of NAMES) {
    const wish = wishes[name];
    if (wish?.send === true && supportOf(choice, name).supported && !isEmpty(wish.value)) {
      sent[name] = fitting(name, wish.value, supportOf(choice, name));
    }
  }
  return sent;
}

/** Where a slider begins that was never moved. */
export function firstValue(name: Name, support: ChoiceSupport): unknown {
  switch (name) {
    case 'temperature':
      return Math.min(support.max ?? 2, Math.max(support.min ?? 0, 0.7));
    case 'topP':
      return support.max ?? 1;
    case 'maxOutputTokens':
      return Math.min(support.max ?? 4096, 1024);
    case 'reasoningEffort':
      return support.values?.includes('Medium') ? 'Medium' : (support.values?.[0] ?? 'Medium');
    case 'stopSequences':
      return [];
  }
}

/** A value of another model may be outside the range of this one. */
function fitting(name: Name, value: unknown, support: ChoiceSupport): unknown {
  if (typeof value === 'number') {
    return Math.min(support.max ?? value, Math.max(support.min ?? value, value));
  }
  if (name === 'reasoningEffort' && support.values !== undefined && !support.values.some((one) => one === value)) {
    return firstValue(name, support);
  }
  return value;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
