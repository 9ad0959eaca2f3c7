/** The words that parts have of their own. */
export const parameters = {
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
