import { now } from '../state/clock';
import { freshness } from '../state/ui';
import { format, shell } from '../text/en';

/** Whether what is shown is what there is. */
export function FreshnessDot() {
  const { link, stale, syncedAt } = freshness.value;
  const kind = stale ? 'stale' : link;
  const text = stale ? shell.fresh.stale(ageOf(syncedAt)) : shell.fresh[link];
  return (
    <span class={`dot ${kind}`} title={shell.freshTitle[kind]} role="status">
      <span class="wide">{text}</span>
      <span class="spoken">{shell.freshTitle[kind]}</span>
    </span>
  );
}

export function ageOf(syncedAt: string | undefined): string {
  void now.value; // drawn again when it moves; it may be some seconds behind
  const since = syncedAt === undefined ? Number.NaN : (Date.now() - Date.parse(syncedAt)) / 1000;
  return Number.isNaN(since) ? '' : format.age(since);
}
