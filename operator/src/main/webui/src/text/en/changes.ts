import type { EffectsEffect, KeeperTool } from '../../api/schema';

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

/** What a change does to agents, before it is done. */
export const impact = {
  title: 'What this does',
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
  changes: 'Fields',
  unset: 'not set',
  secretChanged: 'changed',
  proceed: 'Go on',
} as const;

export function agents(count: number): string {
  return count === 1 ? '1 agent' : `${count} agents`;
}

/** Around a change that shows first what it does. */
export const changes = {
  looking: 'Looking at what it would change',
  refused: 'It was refused; the reason is above.',
  usedBy: 'Used by',
  yaml: 'YAML to commit',
  takeOver: 'Take these fields over',
  takenOver: (manager: string, fields: string) =>
    `${manager || 'Somebody else'} owns ${fields || 'these fields'}. Taken over, the next apply of that manifest takes them back.`,
  changedMeanwhile: 'Look at what it would change now, then decide again.',
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
} as const;
