import type { ModelPhase } from '../../api/schema';
import type { Tone } from '../../parts/Banner';
import type { IconName } from '../../parts/Icon';

/** Sign and colour of each state; the word beside them says the same. */
export const PHASES: Readonly<Record<ModelPhase, { readonly tone: Tone; readonly icon: IconName }>> = {
  Ready: { tone: 'ok', icon: 'check' },
  Rolling: { tone: 'info', icon: 'refresh' },
  Waiting: { tone: 'warn', icon: 'clock' },
  Behind: { tone: 'warn', icon: 'alert' },
  RolledBack: { tone: 'bad', icon: 'alert' },
  Failed: { tone: 'bad', icon: 'cross' },
  Refused: { tone: 'bad', icon: 'cross' },
  Pending: { tone: 'info', icon: 'clock' },
  Unknown: { tone: 'warn', icon: 'help' },
  Suspended: { tone: 'plain', icon: 'pause' },
  Deleting: { tone: 'plain', icon: 'trash' },
};
