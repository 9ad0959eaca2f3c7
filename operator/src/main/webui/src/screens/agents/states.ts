import type { AgentState } from '../../api/schema';
import type { Tone } from '../../parts/Banner';
import type { IconName } from '../../parts/Icon';
import type { Group } from '../../state/agentGroups';

export const STATES: Readonly<Record<AgentState, { readonly tone: Tone; readonly icon: IconName }>> = {
  UpToDate: { tone: 'ok', icon: 'check' },
  OnNextRestart: { tone: 'info', icon: 'clock' },
  Rolling: { tone: 'info', icon: 'refresh' },
  Waiting: { tone: 'info', icon: 'clock' },
  Behind: { tone: 'warn', icon: 'alert' },
  RolledBack: { tone: 'bad', icon: 'alert' },
  Failed: { tone: 'bad', icon: 'cross' },
  Planned: { tone: 'plain', icon: 'edit' },
};

export const GROUPS: Readonly<Record<Group, { readonly tone: Tone; readonly icon: IconName }>> = {
  upToDate: STATES.UpToDate,
  rolling: STATES.Rolling,
  behind: STATES.Behind,
  failed: STATES.Failed,
  planned: STATES.Planned,
};
