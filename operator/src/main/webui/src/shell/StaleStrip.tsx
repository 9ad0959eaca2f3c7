import { Banner } from '../parts/Banner';
import { freshness } from '../state/ui';
import { shell } from '../text/en';
import { ageOf } from './FreshnessDot';

/** Above every screen while the cluster is not reachable. */
export function StaleStrip() {
  const { stale, syncedAt } = freshness.value;
  return stale ? (
    <div class="stale-strip">
      <Banner tone="warn">{shell.staleStrip(ageOf(syncedAt))}</Banner>
    </div>
  ) : null;
}
