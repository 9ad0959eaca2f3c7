import type { ReasoningEffort } from '../../api/schema';

/** The words that parts have of their own. */
export const parameters = {
  names: {
    temperature: 'Temperature',
    topP: 'Top P',
    maxOutputTokens: 'Max tokens',
    reasoningEffort: 'Reasoning effort',
    stopSequences: 'Stop sequences',
    timeoutSeconds: 'Time limit (s)',
  },
  efforts: {
    None: 'None',
    Minimal: 'Minimal',
    Low: 'Low',
    Medium: 'Medium',
    High: 'High',
    XHigh: 'X-high',
    Max: 'Max',
  } satisfies Record<ReasoningEffort, string>,
  stopHint: (most: number) => `One on each line, at most ${most}.`,
  send: (name: string) => `Send ${name.toLowerCase()}`,
  exact: (name: string) => `${name}, exact value`,
  notSent: 'not sent',
  number: 'Write a number, with a point.',
  wholeNumber: 'Write a whole number.',
  range: (min: number, max: number) => `From ${min} to ${max}.`,
} as const;

export const table = {
  sortBy: (column: string) => `Sort by ${column}`,
  none: 'Nothing matches the filter.',
  actions: 'Actions',
} as const;

export const combobox = {
  none: 'Nothing found.',
  found: (count: number) => (count === 1 ? '1 result' : `${count} results`),
  open: 'Show the list',
  narrow: (shown: number, found: number) => `The first ${shown} of ${found}; type to find others.`,
} as const;

export const diff = {
  added: 'Added: ',
  removed: 'Removed: ',
  same: 'Nothing differs.',
} as const;
