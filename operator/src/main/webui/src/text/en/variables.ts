/** What agents are told, by names and values. */
export const variables = { secret: 'from the key, never shown' } as const;
