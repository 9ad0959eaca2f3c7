import { Icon } from '../../parts/Icon';
import { Meter } from '../../parts/Meter';
import { contextUsed, offerOf, panes } from '../../state/chatPage';
import { format } from '../../text/en';
import { chat as words } from '../../text/en/chat';

/** Beyond that a warning is shown. */
const NEAR = 0.8;

/** How much of what the smallest model can read at once is used. */
export function Context() {
  const limits = panes.value.flatMap((pane) => offerOf(pane)?.contextTokens ?? []);
  const used = contextUsed.value;
  if (limits.length === 0) {
    return used === 0 ? null : <p class="context label num">{words.context.unknown(format.tokens(used))}</p>;
  }
  const limit = Math.min(...limits);
  const part = used / limit;
  const near = part >= NEAR;
  return (
    <div class={`context label num${near ? ' near' : ''}`}>
      <Meter label={words.context.label} value={Math.min(used, limit)} max={limit} tone={near ? 'warn' : 'info'}>
        {words.context.used(format.tokens(used), format.tokens(limit), Math.round(part * 100))}
      </Meter>
      {near && (
        <span class="context-near" role="status">
          <Icon name="alert" size={13} /> {part > 1 ? words.context.over : words.context.near}
        </span>
      )}
    </div>
  );
}
