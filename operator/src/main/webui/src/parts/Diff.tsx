import { useMemo } from 'preact/hooks';
import { diff } from '../text/en';
import { Copy } from './Copy';
import { diffLines } from './lines';

const SIGNS = { same: '  ', added: '+ ', removed: '- ' } as const;

/** Two texts as one, with what goes and what comes; what is copied is the new one. */
export function Diff({ before, after, label }: { readonly before: string; readonly after: string; readonly label: string }) {
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  if (before === after) {
    return <p class="muted">{diff.same}</p>;
  }
  return (
    <figure class="code" aria-label={label}>
      <pre tabIndex={0} translate={false}>
        <code>
          {lines.map((line, index) => (
            <span key={index} class={`line ${line.kind}`}>
              {line.kind !== 'same' && <span class="spoken">{diff[line.kind]}</span>}
              {`${SIGNS[line.kind]}${line.text}\n`}
            </span>
          ))}
        </code>
      </pre>
      <div class="code-copy">
        <Copy text={after} />
      </div>
    </figure>
  );
}
