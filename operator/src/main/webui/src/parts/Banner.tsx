import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'plain';

export const TONE_ICONS: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  warn: 'alert',
  bad: 'cross',
  info: 'info',
  plain: 'info',
};

export interface BannerProps {
  readonly tone: Tone;
  readonly title?: ComponentChildren;
  readonly children?: ComponentChildren;
  /** Buttons. */
  readonly actions?: ComponentChildren;
  /** An alert is read aloud at once; for what comes as an answer to something the person did. */
  readonly alert?: boolean;
}

export function Banner({ tone, title, children, actions, alert }: BannerProps) {
  return (
    <div class={`banner ${tone}`} role={alert ? 'alert' : undefined}>
      <Icon name={TONE_ICONS[tone]} />
      <div class="grow wrap">
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {actions !== undefined && <div class="actions">{actions}</div>}
    </div>
  );
}
