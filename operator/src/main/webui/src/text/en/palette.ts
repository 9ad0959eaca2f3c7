export const palette = {
  title: 'Search and commands',
  placeholder: 'Key, config, agent, screen or command',
  go: 'Go to',
  commands: 'Commands',
  keys: 'Keys',
  configs: 'Configs',
  agents: 'Agents',
  namespaces: 'Namespaces',
  addKey: 'Add key',
  theme: (name: string) => `Theme: ${name.toLowerCase()}`,
  look: (namespace: string) => `Look at ${namespace}`,
} as const;

export const help = {
  title: 'Help',
  keyboard: 'Keyboard',
  letters: 'Single letters as shortcuts',
  lettersHint: 'They work outside of fields only.',
  then: 'then',
  shortcuts: {
    palette: 'Search everything, and every command',
    search: 'Filter the list',
    create: 'New, on a screen where something can be added',
    test: 'Test the key that is open or focused',
    help: 'This help',
    close: 'Close, or stop an answer',
    send: 'Send the question',
    line: 'New line in the question',
  },
  words: 'Words',
  meanings: [
    ['Saved', 'It is stored.'],
    ['Tested', 'The provider accepted it.'],
    ['Delivered', 'The agents run it.'],
  ],
  api: 'The same by script: the API is described at',
} as const;
