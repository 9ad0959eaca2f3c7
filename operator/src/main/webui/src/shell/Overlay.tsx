import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { sayMissing } from '../parts/later';
import { overlay } from '../state/overlay';

type Known = 'palette' | 'help';

const LOADERS: Readonly<Record<Known, () => Promise<{ default: ComponentType }>>> = {
  palette: () => import('./Palette'),
  help: () => import('./Help'),
};

const loaded = new Map<Known, ComponentType>();

/** What lies over the page, loaded when it is first opened. */
export function Overlay() {
  const now = overlay.value;
  const [, redraw] = useState(0);
  const name = now === 'palette' || now === 'help' ? now : undefined;
  useEffect(() => {
    if (name !== undefined && !loaded.has(name)) {
      LOADERS[name]().then(
        (module) => {
          loaded.set(name, module.default);
          redraw((count) => count + 1);
        },
        () => {
          overlay.value = undefined;
          void sayMissing(() => (overlay.value = name));
        },
      );
    }
  }, [name]);
  const Shown = name === undefined ? undefined : loaded.get(name);
  return Shown === undefined ? null : <Shown />;
}
