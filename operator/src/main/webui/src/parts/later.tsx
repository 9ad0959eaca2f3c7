import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { shell } from '../text/en';
import { say } from '../state/ui';

/** A part that is seldom opened: its script is loaded when it is, and the first load of the page is smaller for it. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | undefined>(() => loaded);
    useEffect(() => {
      if (Part === undefined) {
        load().then(
          (found) => {
            loaded = found;
            setPart(() => found);
          },
          // After an upgrade the scripts of before are gone; what is on the page must not go with a reload unasked.
          () => say('warn', shell.reloadOnce, { label: shell.reload, run: () => location.reload() }),
        );
      }
    }, []);
    return Part === undefined ? null : <Part {...props} />;
  };
}
