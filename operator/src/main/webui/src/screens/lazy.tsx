import { type ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Skeleton } from '../parts/Skeleton';
import { Button } from '../parts/Button';
import { Banner } from '../parts/Banner';
import { shell } from '../text/en';

const loaded = new Map<string, ComponentType>();
const RELOADED = 'llmconfig.reloaded';

/** A screen whose script is loaded when it is first looked at. */
export function Lazy({ name, load }: { readonly name: string; readonly load: () => Promise<{ default: ComponentType }> }) {
  const [failed, setFailed] = useState(false);
  const [, redraw] = useState(0);
  const known = loaded.get(name);
  useEffect(() => {
    if (known === undefined) {
      load().then(
        (module) => {
          loaded.set(name, module.default);
          forget();
          redraw((count) => count + 1);
        },
        () => setFailed(!reloadOnce()),
      );
    }
  }, [name, known]);
  if (failed) {
    return (
      <Banner tone="warn" alert actions={<Button onClick={() => location.reload()}>{shell.reload}</Button>}>
        {shell.reloadOnce}
      </Banner>
    );
  }
  const Known = known;
  return Known === undefined ? <Skeleton /> : <Known />;
}

/** After an upgrade the scripts of before are gone; the new page knows the new ones. Once, so that it never loops. */
function reloadOnce(): boolean {
  try {
    if (sessionStorage.getItem(RELOADED) !== null) {
      return false;
    }
    sessionStorage.setItem(RELOADED, '1');
    location.reload();
    return true;
  } catch {
    return false;
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(RELOADED);
  } catch {
    // Nothing was kept.
  }
}
