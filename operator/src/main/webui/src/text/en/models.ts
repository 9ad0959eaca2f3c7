import { agents } from './changes';

export const models = {
  label: 'Models',
  count: (shown: string, all: string) => (shown === all ? all : `${shown} of ${all}`),
  enter: 'Enter a model id',
  compare: (count: number) => (count < 2 ? 'Compare' : `Compare ${count}`),
  compareFew: 'Mark two or three models to compare them.',
  compareMost: 'Three models are the most.',
  compareTitle: 'Compare models',
  mark: (model: string) => `Compare ${model}`,

  filter: {
    label: 'Filter',
    text: 'Find models',
    provider: 'Provider',
    allProviders: 'All providers',
    context: 'Context',
    anyContext: 'Any context',
    atLeast: (tokens: string) => `At least ${tokens}`,
    price: 'Price',
    anyPrice: 'Any price',
    atMost: (price: string) => `Up to ${price} out`,
    standing: 'Show',
    standings: { all: 'All', configured: 'Configured', open: 'Not configured', retiring: 'Retiring' },
    clear: 'Clear the filter',
  },

  capabilities: { tools: 'Tools', vision: 'Vision', reasoning: 'Reasoning', jsonSchema: 'JSON' } as Readonly<
    Record<string, string>
  >,

  columns: {
    mark: 'Compare',
    model: 'Model',
    context: 'Context',
    output: 'Max output',
    price: 'In / out per million',
    badges: 'Can',
    source: 'Source',
    retires: 'Retires',
    keys: 'Keys',
  },

  group: (provider: string, count: number) => `${provider} (${count})`,
  noProvider: 'Provider not known',
  default: 'Default of its namespace',
  config: 'config',
  sources: { Provider: 'Provider', Declared: 'Declared', Catalogue: 'Catalogue' } as Readonly<Record<string, string>>,
  retired: (day: string) => `since ${day}`,

  answered: (good: number, all: number) =>
    good === all
      ? `${all === 1 ? 'The key has' : `All ${all} keys have`} answered.`
      : `${good} of ${all} ${all === 1 ? 'key' : 'keys'} answered.`,
  trouble: (key: string, reason: string, list: string) => `${key}: ${reason}${list}`,
  lists: {
    Cached: (when: string) => ` Its list is that of ${when}.`,
    Fallback: () => ' Its list is that of the catalogue.',
    Failed: () => ' There is no list of its models.',
  } as Readonly<Record<string, (when: string) => string>>,
  moreTroubles: (count: number) => (count === 1 ? 'And 1 more' : `And ${count} more`),
  noReason: 'not answered yet.',
  retrySource: (key: string) => `Ask ${key} again`,
  retry: 'Retry',
  retryFailed: (key: string) => `${key} could not be asked again.`,
  asking: 'Asking',

  empty: 'No model can be chosen yet: no key offers any.',
  addKey: 'Add a key',
  snippet: `apiVersion: llmconfig.dev/v1alpha1
kind: ApiKeyConfig
metadata:
  name: echo
  namespace: default
spec:
  provider: Echo
`,

  drawer: {
    gone: 'This model is in no list any more.',
    limits: 'Limits and prices',
    fact: 'What',
    value: 'Value',
    source: 'Source',
    asOf: 'As of',
    noFacts: 'Nothing is known of this model but its name.',
    parameters: 'Parameters',
    takes: (name: string, range: string) => `${name}${range === '' ? '' : `: ${range}`}`,
    range: (min: string, max: string) => `${min} to ${max}`,
    from: (min: string) => `from ${min}`,
    unsupported: (name: string) => `${name} is not accepted.`,
    users: 'Who uses it',
    nobody: 'No config names this model.',
    agents,
    id: 'Model id',
    key: 'Key',
    otherKeys: (count: number) => `and ${count} more`,
    namespace: 'Namespace',
    setDefault: 'Set as default',
    isDefault: 'It is the default already.',
    create: 'Create config',
    open: 'Open config',
    tryIt: 'Try in chat',
    mark: 'Compare',
    unmark: 'Do not compare',
    noRight: (namespace: string) => `You may not change configs in ${namespace}. Ask for the role llmconfig-edit there.`,
  },

  facts: {
    maxInputTokens: 'Context',
    maxOutputTokens: 'Max output',
    contextTokens: 'Context',
    inputUsdPerMillion: 'Price in, per million',
    outputUsdPerMillion: 'Price out, per million',
    cacheReadUsdPerMillion: 'Price of cached input, per million',
    tools: 'Tools',
    vision: 'Vision',
    reasoning: 'Reasoning',
    jsonSchema: 'JSON by schema',
    retiresOn: 'Retires on',
    displayName: 'Name',
    mode: 'Kind',
    outputLimitTrusted: 'Max output is certain',
    sampling: 'Temperature and top P',
    efforts: 'Reasoning efforts',
    defaultEffort: 'Usual reasoning effort',
    thinkingAlwaysOn: 'Always reasons',
    maxTemperature: 'Highest temperature',
  } as Readonly<Record<string, string>>,
  yes: 'yes',
  no: 'no',

  select: {
    title: (model: string) => `Make ${model} the default`,
    about: (namespace: string) =>
      `Agents in ${namespace} that name no config of their own take the default. The one before loses the role.`,
    submit: 'Set as default',
    done: (model: string, namespace: string) => `${model} is the default of ${namespace}.`,
  },

  byHand: {
    title: 'Enter a model id',
    about: 'For a model that no list shows yet. Whether the provider has it shows when it is asked.',
    key: 'Key',
    noKeys: 'There is no key yet. Add one first.',
    model: 'Model id',
    hint: 'As the provider writes it, such as openai/gpt-5-mini.',
    wrong: 'Write the id without spaces, in at most 256 characters.',
    looksLikeKey: 'This looks like a key. Keys belong to the screen Keys only.',
    known: 'It is in the list already.',
  },
} as const;
