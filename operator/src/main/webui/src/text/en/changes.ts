import type { KeeperTool } from '../../api/schema';

/** The words of whatever is written: whose it is, what it does, what stands in its way. */
export const owners = {
  names: {
    ArgoCD: 'Argo CD',
    Flux: 'Flux',
    Helm: 'Helm',
    Controller: 'a controller',
    ConfigManagement: 'Config Sync',
    Kustomize: 'Kustomize',
    Kubectl: 'kubectl',
  } satisfies Record<KeeperTool, string>,
  of: {
    ArgoCD: 'Argo CD application',
    Flux: 'Flux object',
    Helm: 'Helm release',
    Controller: 'controller',
    ConfigManagement: 'Config Sync object',
    Kustomize: 'Kustomize',
    Kubectl: 'kubectl',
  } satisfies Record<KeeperTool, string>,
  managed: (of: string, name: string) => `Managed by ${of}${name === '' ? '' : ` ${name}`}.`,
  changeInGit: 'Change it where that tool reads it. What you edit here is a draft: copy its YAML and commit it. Testing and copying work.',
  note: (name: string) => `Last applied with ${name}. Saving asks before it takes fields over; the next apply of that manifest takes them back.`,
  copyYaml: 'Copy YAML',
  copyPatch: 'Copy patch',
  open: (tool: string) => `Open in ${tool}`,
} as const;

export const impact = {
  title: 'What this does',
  none: 'No agent is affected.',
  restarts: (count: number, where: string) => `Restarts ${count === 1 ? '1 agent' : `${count} agents`}${where}.`,
  hot: (count: number) => `Switches ${count === 1 ? '1 agent' : `${count} agents`} without a restart.`,
  inNamespace: (namespace: string) => ` in ${namespace}`,
  agents: 'Agents',
  effects: {
    Restart: 'restarts',
    HotSwitch: 'switches without a restart',
    OnNextRestart: 'with its next restart',
    NeedsApproval: 'after an approval',
    None: 'not affected',
  },
  changes: 'Fields',
  unset: 'not set',
  secretChanged: 'changed',
  truncated: 'And more.',
  warnings: 'Notes',
  proceed: 'Go on',
} as const;

export const conflict = {
  title: 'It was changed meanwhile.',
  text: 'Somebody saved another state while you were editing. Nothing is lost: choose which one stays.',
  field: 'Field',
  mine: 'Yours',
  theirs: 'Theirs',
  keepMine: 'Keep mine',
  takeTheirs: 'Take theirs',
  owned: (manager: string) => `${manager} owns these fields.`,
  ownedText: 'Taking them over lasts until that manifest is applied again.',
  takeOver: 'Take over these fields',
} as const;
