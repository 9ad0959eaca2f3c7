import type { ComponentChildren } from 'preact';
import type { Tone } from './Banner';

export interface MeterProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The same in words, beside the bar. */
  readonly children: ComponentChildren;
  readonly tone?: Tone;
}

/** How much of something; the words beside it say the same. */
export function Meter({ label, value, max, children, tone = 'info' }: MeterProps) {
  const share = max <= 0 ? 0 : Math.max(0, Math.min(1, value / max));
  return (
    <div class={`meter ${tone}`}>
      <div class="track" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={max} aria-valuenow={value}>
        <div class="filled" style={{ width: `${share * 100}%` }} />
      </div>
      <span class="num">{children}</span>
    </div>
  );
}
