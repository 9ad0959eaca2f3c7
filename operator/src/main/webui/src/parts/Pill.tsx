import type { ComponentChildren } from 'preact';
import type { Tone } from './Banner';
import { Icon, type IconName } from './Icon';

export interface PillProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly children: ComponentChildren;
  readonly title?: string | undefined;
}

/** A state: sign and word, so that it is read without colours, too. */
export function Pill({ tone, icon, children, title }: PillProps) {
  return (
    <span class={`pill ${tone}`} title={title}>
      <Icon name={icon} size={13} />
      <span class="clip">{children}</span>
    </span>
  );
}

/** A property, such as a capability: no state, so no colour. */
export function Badge({ children }: { readonly children: ComponentChildren }) {
  return <span class="badge">{children}</span>;
}
