import type { ComponentChildren } from 'preact';
import { CodeBlock } from './CodeBlock';
import { states } from '../text/en';

export interface EmptyStateProps {
  /** One sentence. */
  readonly children: ComponentChildren;
  /** The first thing to do, as a button. */
  readonly action?: ComponentChildren;
  /** The same by kubectl. */
  readonly snippet?: string | undefined;
}

export function EmptyState({ children, action, snippet }: EmptyStateProps) {
  return (
    <div class="empty surface">
      <p>{children}</p>
      {action}
      {snippet !== undefined && <CodeBlock code={snippet} label={states.snippet} />}
    </div>
  );
}
