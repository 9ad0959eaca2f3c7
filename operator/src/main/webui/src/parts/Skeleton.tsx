import { useEffect, useState } from 'preact/hooks';
import { states } from '../text/en';

/** Rows of the final height, after a moment: what comes at once must not flash. */
export function Skeleton({ rows = 8, label = states.loading }: { readonly rows?: number; readonly label?: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class={`skeleton${late ? ' late' : ''}`} role="status">
      <span class="spoken">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class="skeleton-row" aria-hidden="true" />
      ))}
    </div>
  );
}
