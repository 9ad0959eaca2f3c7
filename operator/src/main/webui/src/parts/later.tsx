import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { shell, states } from '../text/en';
import { there } from '../state/scripts';
import { say } from '../state/ui';

/** A part that is seldom opened: its script is loaded when it is, and the first load of the page is smaller for it. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | undefined>(() => loaded);
    const [tries, setTries] = useState(0);
    useEffect(() => {
      if (Part === undefined) {
        load().then(
          (found) => {
            loaded = found;
            setPart(() => found);
          },
          () => void sayMissing(() => setTries((before) => before + 1)),
        );
      }
    }, [tries]);
    return Part === undefined ? null : <Part {...props} />;
  };
}

/** After an upgrade the scripts of before are gone; what is on the page must not go with a reload unasked. */
export async function sayMissing(again: () => void): Promise<void> {
  if (await there()) {
    say('warn', shell.reloadOnce, { label: shell.reload, run: () => location.reload() });
  } else {
    say('warn', shell.scriptAway, { label: states.retry, run: again });
  }
}
