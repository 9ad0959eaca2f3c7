import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Which entries are drawn, and how much room the others take. */
export interface Slice {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

/** Shorter lists are drawn whole: the browser's own search finds everything in them. */
const WHOLE = 80;
const BEYOND = 12;

/** Which part of a long list is in sight of the window. */
export function slice(count: number, top: number, height: number, rowHeight: number): Slice {
  if (count <= WHOLE) {
    return { from: 0, to: count, before: 0, after: 0 };
  }
  const first = Math.floor(Math.max(0, -top) / rowHeight);
  const from = Math.max(0, Math.min(first - BEYOND, count - 1));
  const to = Math.min(count, first + Math.ceil(height / rowHeight) + BEYOND);
  return { from, to, before: from * rowHeight, after: (count - to) * rowHeight };
}

/** Follows the window's scrolling. Rows are measured, since cards are higher than rows and text can be enlarged. */
export function useWindow(body: RefObject<HTMLElement | null>, count: number): Slice {
  const [seen, setSeen] = useState(() => slice(count, 0, 900, 40));
  useLayoutEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const element = body.current;
      if (element === null) {
        return;
      }
      const rows = [...element.querySelectorAll<HTMLElement>(':scope > tr:not(.space)')];
      const drawn = rows.reduce((sum, row) => sum + row.offsetHeight, 0);
      const rowHeight = rows.length > 0 && drawn > 0 ? drawn / rows.length : 40;
      const next = slice(count, element.getBoundingClientRect().top, innerHeight, rowHeight);
      setSeen((now) => (now.from === next.from && now.to === next.to && now.after === next.after ? now : next));
    };
    const soon = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    addEventListener('scroll', soon, { passive: true });
    addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', soon);
      removeEventListener('resize', soon);
    };
  }, [count]);
  // Between a shorter list and the next look there is nothing beyond its end.
  return seen.to > count || (count <= WHOLE && seen.to < count) ? slice(count, 0, 900, 40) : seen;
}

/** How many px an element has from side to side; before it is there, about as many as the screen has. */
export function useRoom(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(() => (innerWidth < 720 ? innerWidth : innerWidth - 265));
  useLayoutEffect(() => {
    const look = () => element.current !== null && element.current.clientWidth > 0 && setRoom(element.current.clientWidth);
    look();
    addEventListener('resize', look);
    return () => removeEventListener('resize', look);
  }, []);
  return room;
}
