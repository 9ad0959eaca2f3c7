import type { KeyPhase } from '../../api/schema';
import type { Tone } from '../../parts/Banner';
import type { IconName } from '../../parts/Icon';
import { Pill } from '../../parts/Pill';
import { tested } from '../../state/keytests';
import { keyWords, keys } from '../../text/en';

export const PHASES: Readonly<Record<KeyPhase, readonly [Tone, IconName]>> = {
  Ready: ['ok', 'check'],
  KeptLastGood: ['warn', 'alert'],
  Pending: ['info', 'clock'],
  Refused: ['bad', 'cross'],
  Unknown: ['warn', 'help'],
  Untested: ['plain', 'minus'],
  Suspended: ['plain', 'pause'],
  Expired: ['bad', 'clock'],
  NeedsNewKey: ['bad', 'keys'],
  Deleting: ['plain', 'trash'],
};

/** The state of a key, or that it is being tested just now. */
export function KeyState({ id, phase, sentence }: { readonly id: string; readonly phase: KeyPhase; readonly sentence?: string | undefined }) {
  if (tested.value.get(id)?.kind === 'running') {
    return (
      <Pill tone="info" icon="refresh">
        {keys.underTest}
      </Pill>
    );
  }
  const [tone, icon] = PHASES[phase];
  return (
    <Pill tone={tone} icon={icon} title={sentence}>
      {keyWords.phases[phase]}
    </Pill>
  );
}
