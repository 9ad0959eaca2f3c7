import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Whether the window is narrow, by the same measure as the style. */
export function useNarrow(query: string): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const look = (): void => setNarrow(list.matches);
    look();
    list.addEventListener('change', look);
    return () => list.removeEventListener('change', look);
  }, [query]);
  return narrow;
}

/** So close to the end somebody reads along. */
const NEAR = 80;

/** Follows an answer that grows, as long as its end is looked at; whoever scrolls up is left alone. */
export function useStuckToEnd(end: RefObject<HTMLElement | null>) {
  const stuck = useRef(false);
  const toEnd = (): void => {
    stuck.current = true;
    requestAnimationFrame(() => scrollTo({ top: document.documentElement.scrollHeight }));
  };
  useEffect(() => {
    const root = document.documentElement;
    const onScroll = (): void => {
      stuck.current = root.scrollHeight - innerHeight - scrollY < NEAR;
    };
    const grown = new ResizeObserver(() => {
      if (stuck.current) {
        scrollTo({ top: root.scrollHeight });
      }
    });
    const thread = end.current?.parentElement;
    if (thread) {
      grown.observe(thread);
    }
    addEventListener('scroll', onScroll, { passive: true });
    return () => {
      grown.disconnect();
      removeEventListener('scroll', onScroll);
    };
  }, []);
  return { toEnd };
}
