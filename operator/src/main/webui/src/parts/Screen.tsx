import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Shown } from '../state/store';
import { shell } from '../text/en';
import { ProblemBanner } from './ProblemBanner';
import { Skeleton } from './Skeleton';

export interface ScreenProps {
  readonly title: string;
  /** Beside the title, muted. */
  readonly count?: ComponentChildren;
  /** Buttons on the title's line. */
  readonly actions?: ComponentChildren;
  /** Under the title, in every state: banners and filters. */
  readonly above?: ComponentChildren;
  readonly state?: Shown;
  /** What is shown when there is nothing. */
  readonly empty?: ComponentChildren;
  readonly retry?: () => void;
  readonly skeletonRows?: number;
  readonly children?: ComponentChildren;
}

let shownBefore = false;

/** The frame of a screen: heading at once, then what its state asks for. The rest of the page stays usable. */
export function Screen(props: ScreenProps) {
  const { title, count, actions, above, state = { kind: 'ready' } } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${shell.title}`;
    // The first screen takes no focus: the browser has just put it at the top of the page.
    if (shownBefore) {
      heading.current?.focus({ preventScroll: true });
    }
    shownBefore = true;
  }, [title]);
  return (
    <div class="screen">
      <div class="head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {count !== undefined && <span class="count">{count}</span>}
        {actions !== undefined && <div class="end">{actions}</div>}
      </div>
      {above}
      <Body {...props} state={state} />
    </div>
  );
}

function Body({ state, empty, retry, skeletonRows, children }: ScreenProps & { readonly state: Shown }) {
  switch (state.kind) {
    case 'loading':
      return <Skeleton rows={skeletonRows ?? 8} />;
    case 'empty':
      return <>{empty ?? children}</>;
    case 'forbidden':
      return <ProblemBanner problem={state.problem} retry={retry} />;
    case 'error':
      return (
        <>
          <ProblemBanner problem={state.problem} retry={retry} />
          {state.rows && children}
        </>
      );
    case 'ready':
    case 'stale': // the strip above the page says so, once for all screens
      return <>{children}</>;
  }
}
