import { Copy } from './Copy';

export interface CodeBlockProps {
  readonly code: string;
  /** What it is, for those who hear it. */
  readonly label: string;
  /** Lines to mark, counted from one. */
  readonly marked?: ReadonlySet<number>;
}

/** Text to copy: YAML, a command. It can be focused, since it scrolls. */
export function CodeBlock({ code, label, marked }: CodeBlockProps) {
  return (
    <figure class="code" aria-label={label}>
      <pre tabIndex={0} translate={false}>
        <code>
          {marked === undefined
            ? code
            : code.split('\n').map((line, index) => (
                <span key={index} class={marked.has(index + 1) ? 'line marked' : 'line'}>
                  {`${line}\n`}
                </span>
              ))}
        </code>
      </pre>
      <div class="code-copy">
        <Copy text={code} />
      </div>
    </figure>
  );
}
