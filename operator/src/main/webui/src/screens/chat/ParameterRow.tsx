import type { ChoiceSupport } from '../../api/schema';
import { Parameter, spoken } from '../../parts/Parameter';
import { firstValue, type Name, type Wish } from '../../state/parameters';
import { parameters } from '../../text/en';
import { chat as words } from '../../text/en/chat';

export interface ParameterRowProps {
  readonly name: Name;
  readonly support: ChoiceSupport;
  readonly wish: Wish | undefined;
  /** What the config sends when this is not set. */
  readonly configured?: unknown;
  readonly note?: string | undefined;
  readonly onWish: (wish: Wish) => void;
}

/** A parameter of the next questions. One that the model refuses cannot be sent, and says why. */
export function ParameterRow({ name, support, wish, configured, note, onWish }: ParameterRowProps) {
  const value = wish?.value ?? configured ?? firstValue(name, support);
  const sent = wish?.send === true && support.supported;
  const asConfigured = sent || configured === undefined ? undefined : words.parameters.asConfigured(spoken(name, configured));
  return (
    <Parameter
      name={name}
      support={support}
      value={sent ? value : undefined}
      start={value}
      off={support.supported ? undefined : (support.sentence ?? words.parameters.unsupported(parameters.names[name]))}
      hint={[note, asConfigured].filter((one) => one !== undefined).join(' ') || undefined}
      // A value that is switched off is kept, so that switching it on again brings it back.
      onChange={(next) => onWish(next === undefined ? { send: false, value } : { send: true, value: next })}
    />
  );
}
