import type { EffectsEffect, ModelPhase } from '../../api/schema';

/** The states of a config, and what its rollout does. */
export const configStates: Record<ModelPhase, string> = {
  Ready: 'Ready',
  Rolling: 'Rolling',
  Waiting: 'Waiting',
  Behind: 'Behind',
  RolledBack: 'Rolled back',
  Failed: 'Failed',
  Refused: 'Refused',
  Pending: 'Pending',
  Unknown: 'Unknown',
  Suspended: 'Suspended',
  Deleting: 'Deleting',
};

export const configs = {
  title: 'Configs',
  back: 'All configs',
  count: (shown: number, total: number) => (shown === total ? `${total}` : `${shown} of ${total}`),
  create: 'New config',
  mayNotCreate: 'You may not create configs here; ask for the role llmconfig-edit.',
  mayNotChange: 'You may not change configs here; ask for the role llmconfig-edit.',
  gitOwned: 'Git owns it: change it there.',
  filter: 'Filter configs',
  filterHint: 'Name, model or key',
  state: 'State',
  anyState: 'Every state',
  empty: (namespace: string) =>
    namespace === ''
      ? 'There is no config yet. A config is a model of one of your keys, with its parameters, for the agents that name it.'
      : `There is no config in ${namespace} yet. A config is a model of one of your keys, with its parameters, for the agents that name it.`,
  needsKey: 'A config needs a key first.',
  addKey: 'Go to Keys',
  snippet: (namespace: string) => `kubectl apply -f - <<'END'
apiVersion: llmconfig.dev/v1alpha1
kind: ModelConfig
metadata: {name: support, namespace: ${namespace === '' ? 'agents' : namespace}}
spec:
  apiKeyRef: {name: openai}
  model: gpt-5-mini
END`,
  columns: {
    default: 'Default',
    name: 'Name',
    model: 'Model',
    key: 'Key',
    delivery: 'Delivery',
    profile: 'Profile',
    agents: 'Agents',
    state: 'State',
    actions: 'Actions',
  },
  isDefault: 'Default of the namespace',
  draft: 'Not saved',
  noAgents: 'none',
  upToDate: (done: number, all: number) => `${done} of ${all}`,
  progress: (name: string) => `Agents that run the settings of ${name}`,
  failed: (count: number) => `${count} failed`,
  actionsOf: (name: string) => `Actions for ${name}`,
  edit: 'Edit',
  makeDefault: 'Set as default',
  isDefaultAlready: 'It is the default already.',
  chat: 'Open in chat',
  suspend: 'Suspend',
  resume: 'Resume',
  remove: 'Delete',
  suspended: (name: string) => `Suspended ${name}.`,
  resumed: (name: string) => `Resumed ${name}.`,
} as const;

export const editor = {
  newTitle: 'New config',
  loading: 'Loading the config',
  gone: (name: string) => `${name} has been deleted meanwhile. What you typed is still here: its YAML is under YAML.`,
  missing: 'All configs',
  settings: 'Settings',
  namespace: 'Namespace',
  name: 'Name',
  nameHint: 'Lower-case letters, digits and dashes. Left empty, it is named after the model.',
  nameWrong: 'Use lower-case letters, digits and dashes, with a letter or digit at both ends.',
  displayName: 'Display name',
  displayNameHint: 'For people; agents follow the name.',
  key: 'Key',
  keyNone: 'There is no key in this namespace.',
  model: 'Model',
  modelHint: 'From the list of the key, or any id that the provider knows.',
  modelNone: 'No list to choose from: type the id as the provider writes it.',
  modelListFailed: 'The list of models could not be read; type the id as the provider writes it.',
  context: (tokens: string) => `${tokens} context`,
  output: (tokens: string) => `${tokens} output`,
  makeDefault: 'Default of the namespace',
  makeDefaultHint: 'Agents with the label llmconfig.dev/model-config: default follow it.',
  required: 'Needed.',
  parameters: 'Parameters',
  parametersHint: 'What is off is not sent: the provider decides.',
  unknownModel: 'What this model takes is not known, so everything can be sent as it is.',
  extra: 'Further parameters, JSON',
  unsupported: (model: string, name: string) => `${model} does not take ${name.toLowerCase()}.`,
  keptUnsent: (value: string) => `Set to ${value}, and not sent.`,
  removeValue: 'Remove it',
  extraHint: 'Passed to the provider as it is, such as {"seed": 7}.',
  extraWrong: {
    json: (line: string) => (line === '' ? 'This is no JSON yet.' : `This is no JSON yet: look at line ${line}.`),
    object: 'Write an object: names with values, in braces.',
    null: (name: string) => `${name} is null, which cannot be sent: leave the name out.`,
  },
  unsupportedParameters: 'What the model does not take',
  unsupportedOptions: { Drop: 'Drop it and say so', Reject: 'Refuse the config' },
  fallbacks: 'Fallbacks',
  fallbacksHint: 'Tried in this order by the gateway when this one fails.',
  fallbackNone: 'No fallback.',
  addFallback: 'Add a fallback',
  chooseFallback: 'Choose a config…',
  noFallbackLeft: 'There is no other config in this namespace.',
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  take: (name: string) => `Remove ${name}`,
  moved: (name: string, place: number, all: number) => `${name} is now ${place} of ${all}.`,
  delivery: 'Delivery',
  mode: 'How agents get it',
  modes: {
    Env: 'Variables in the pod template',
    EnvFrom: 'A Secret that the manifest names',
    File: 'Files',
    Gateway: 'Through the gateway',
    None: 'Not at all',
  },
  profile: 'Profile',
  profileHint: 'Which variables the framework of the agent reads.',
  containers: 'Containers',
  containersHint: 'Names with commas between; empty is all but init containers and injected sidecars.',
  fileMountPath: 'Folder of the files',
  virtualKey: 'Virtual key',
  rollout: 'Rollout',
  policy: 'When agents restart',
  policies: {
    Automatic: 'As soon as the settings are proven',
    Manual: 'After somebody approves',
    OnRestart: 'With their next restart by anyone',
  },
  maxParallel: 'Restarting at the same time, at most',
  minInterval: 'Seconds between two starts, at least',
  rollback: 'When an agent does not come back',
  rollbacks: { OnFailure: 'Put it on the last good settings', Never: 'Leave it' },
  suspend: 'Suspend this config',
  suspendHint: 'Nothing is delivered while it is suspended; agents keep what they have.',
  asDefault: (value: string) => `${value} (as usual)`,
  number: (least: number, most: number) => `Write a whole number from ${least} to ${most}.`,

  tabs: { receives: 'What agents receive', yaml: 'YAML', changes: 'Changes' },
  tabsLabel: 'What comes of it',
  receivesAs: 'Profile to look at',
  receivesOwn: (profile: string) => `${profile} (of this config)`,
  variable: 'Variable',
  value: 'Value',
  environment: 'Variables',
  files: 'Files',
  nothingDelivered: 'Agents receive no variables this way.',
  fillFirst: 'Choose a key and a model first.',
  yamlLabel: 'YAML of the config',
  yamlChanged: (lines: number) => (lines === 0 ? 'As it is saved.' : lines === 1 ? '1 line would change; it is marked.' : `${lines} lines would change; they are marked.`),
  yamlRemoved: (lines: number) => (lines === 1 ? '1 line would go.' : `${lines} lines would go.`),
  unsavedChanges: 'Not saved yet',
  noChanges: 'Nothing differs from what is saved.',
  unset: 'not set',
  recent: 'Saved before',
  noRecent: 'No change is remembered.',
  operations: { Create: 'made', Update: 'changed', Delete: 'deleted' },
  by: (manager: string) => `by ${manager}`,
  yamlDiff: 'Difference as YAML',

  save: 'Save',
  createIt: 'Create config',
  discard: 'Discard',
  saved: (name: string) => `Saved ${name}.`,
  created: (name: string) => `Created ${name}.`,
  undo: 'Undo',
  undone: (name: string) => `Undone: ${name} is as before.`,
  nothingToSave: 'Nothing to save.',
  mistyped: 'Correct what is marked first.',
  decideFirst: 'Decide first between the two versions above.',
  looking: 'Looking at what it would change…',
  fieldsChanged: (count: number) => (count === 1 ? '1 change' : `${count} changes`),
} as const;

/** What a change does to agents, before it is done. */
export const impact = {
  sentence(restarts: number, hotSwitches: number, waiting: number, later: number, namespace: string): string {
    const parts = [
      restarts > 0 ? `restarts ${agents(restarts)}` : '',
      hotSwitches > 0 ? `switches ${agents(hotSwitches)} without a restart` : '',
      waiting > 0 ? `${agents(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for approval` : '',
      later > 0 ? `${agents(later)} ${later === 1 ? 'follows' : 'follow'} with the next restart` : '',
    ].filter((part) => part !== '');
    if (parts.length === 0) {
      return 'No agent restarts.';
    }
    const all = parts.join(', ');
    return `${all.charAt(0).toUpperCase()}${all.slice(1)} in ${namespace}.`;
  },
  which: (count: number) => (count === 1 ? 'Which one' : 'Which ones'),
  truncated: 'And others; the list is cut off.',
  effects: {
    Restart: 'restarts',
    HotSwitch: 'switches without a restart',
    OnNextRestart: 'with its next restart',
    NeedsApproval: 'waits for approval',
    None: 'nothing changes',
  } satisfies Record<EffectsEffect, string>,
} as const;

function agents(count: number): string {
  return count === 1 ? '1 agent' : `${count} agents`;
}

/** Questions before and after a change. */
export const asks = {
  defaultTitle: (name: string) => `Set ${name} as default`,
  defaultSentence: (name: string, before: string | undefined, namespace: string) =>
    before === undefined
      ? `Agents in ${namespace} that follow the default get the settings of ${name}.`
      : `Agents in ${namespace} that follow the default change from ${before} to ${name}.`,
  setDefault: 'Set as default',
  nowDefault: (name: string) => `${name} is the default now.`,
  deleteTitle: (name: string) => `Delete ${name}`,
  deleteSentence: (count: number) =>
    count === 0
      ? 'No agent uses it.'
      : `${agents(count)} ${count === 1 ? 'uses' : 'use'} it. Without a config ${count === 1 ? 'it loses its' : 'they lose their'} settings with the next rollout.`,
  deleteDefault: (namespace: string) => `It is the default of ${namespace}; the namespace has no default afterwards.`,
  deleteConfirm: (name: string) => `Type ${name} to delete it`,
  deleteIt: 'Delete config',
  deleted: (name: string) => `Deleted ${name}.`,
  deleting: (name: string) => `${name} is being deleted.`,
  typeFirst: 'Type the name first.',
  looking: 'Looking at what it would change',
  usedBy: 'Used by',

  ownedTitle: 'Take these fields over?',
  ownedText: (manager: string) => `${manager} set them, and the next apply of that manifest takes them back. What you leave stays as it was.`,
  ownedList: 'Fields to take over',
  takeOver: 'Take over and save',
  leaveAll: 'Save the others',
  nothingLeft: 'Nothing is left to save.',

  conflictTitle: 'Somebody has changed the same fields meanwhile',
  conflictText: 'Decide for each field; nothing that you typed is lost.',
  mine: 'Mine',
  theirs: 'Theirs',
  keepMine: 'Keep mine',
  takeTheirs: 'Take theirs',
  keepMineOf: (field: string) => `Keep mine for ${field}`,
  takeTheirsOf: (field: string) => `Take theirs for ${field}`,
  carried: 'Somebody has saved this config meanwhile, other fields than yours. Their changes are in the form, and so are yours.',

  copyYaml: 'Copy YAML',
  copyPatch: 'Copy patch',
  discardDraft: 'Discard the draft',
  noPatch: 'Change a field first; the patch has what differs.',
} as const;

export const rollout = {
  approve: 'Approve',
  retry: 'Retry',
  approved: (name: string) => `Approved: the agents of ${name} follow.`,
  retried: (name: string) => `${name} is tried again.`,
  running: 'Runs',
  wanted: 'Wanted',
  agentsLink: 'Show its agents',
  delivered: (done: number, all: number) => `${done} of ${all} agents run these settings`,
  none: 'No agent follows this config.',
  notInStandalone: 'There is no rollout without a cluster.',
} as const;
