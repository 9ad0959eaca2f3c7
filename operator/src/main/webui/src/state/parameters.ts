import type { Choice, ChoiceSupport, ReasoningEffort } from '../api/schema';

/** The parameters of a question; `extra` and `timeoutSeconds` belong to a config. */
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

export const EFFORTS: readonly ReasoningEffort[] = ['None', 'Minimal', 'Low', 'Medium', 'High', 'XHigh', 'Max'];

/** What the API takes at most, where no model says less. */
const MOST: Readonly<Record<Name | 'timeoutSeconds', number>> = {
  temperature: 2,
  topP: 1,
  maxOutputTokens: 131_072,
  reasoningEffort: EFFORTS.length,
  stopSequences: 8,
  timeoutSeconds: 3_600,
};

/** From where to where a value may be; of stop sequences, how many there may be. */
export function limitsOf(name: Name | 'timeoutSeconds', support: ChoiceSupport): { readonly least: number; readonly most: number } {
  const least = name === 'temperature' || name === 'topP' ? 0 : 1;
  return { least: support.min ?? least, most: support.max ?? MOST[name] };
}

/** Where a slider begins that was never moved. */
export function firstValue(name: Name | 'timeoutSeconds', support: ChoiceSupport): unknown {
  const { least, most } = limitsOf(name, support);
  switch (name) {
    case 'temperature':
      return Math.min(most, Math.max(least, 0.7));
    case 'topP':
      return most;
    case 'maxOutputTokens':
      return Math.min(most, 1024);
    case 'timeoutSeconds':
      return 60;
    case 'reasoningEffort':
      return (support.values ?? EFFORTS).includes('Medium') ? 'Medium' : support.values?.[0];
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
  if (Array.isArray(value)) {
    return value.slice(0, limitsOf(name, support).most);
  }
  return value;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
