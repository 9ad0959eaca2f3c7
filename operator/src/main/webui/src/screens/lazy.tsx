import { type ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Skeleton } from '../parts/Skeleton';
import { Button } from '../parts/Button';
import { Banner } from '../parts/Banner';
import { came, missing, type Missing } from '../state/scripts';
import { shell, states } from '../text/en';

const loaded = new Map<string, ComponentType>();

/** A screen whose script is loaded when it is first looked at. */
export function Lazy({ name, load }: { readonly name: string; readonly load: () => Promise<{ default: ComponentType }> }) {
  const [failed, setFailed] = useState<Missing | undefined>(undefined);
  const [tries, setTries] = useState(0);
  const Known = loaded.get(name);
  useEffect(() => {
    if (Known === undefined) {
      setFailed(undefined);
      load().then(
        (module) => {
          loaded.set(name, module.default);
          came();
          setTries(tries + 1);
        },
        async () => setFailed(await missing()),
      );
    }
  }, [name, tries]);
  switch (failed) {
    case 'away':
      return (
        <Banner tone="warn" alert actions={<Button onClick={() => setTries(tries + 1)}>{states.retry}</Button>}>
          {shell.scriptAway}
        </Banner>
      );
    case 'newer':
      return (
        <Banner tone="warn" alert actions={<Button onClick={() => location.reload()}>{shell.reload}</Button>}>
          {shell.reloadOnce}
        </Banner>
      );
    default:
      return Known === undefined ? <Skeleton /> : <Known />;
  }
}
