import { now } from '../state/clock';
import { format } from '../text/en';

/** How long ago; the exact time shows under the pointer, and on focus where it is worth a stop of the Tab key. */
export function Time({ at, focusable, short }: { readonly at: string | undefined; readonly focusable?: boolean; readonly short?: boolean }) {
  if (at === undefined) {
    return <span class="muted">–</span>;
  }
  const exact = format.time(at);
  return (
    <time dateTime={at} title={exact} data-exact={exact} tabIndex={focusable ? 0 : undefined}>
      {format.ago(at, now.value, short)}
      {focusable && <span class="spoken">, {exact}</span>}
    </time>
  );
}
