import { useEffect, useRef } from 'preact/hooks';
import { chat as words } from '../text/en/chat';
import { writeText } from './Copy';
import { view, type Render, type View } from './markdown/view';
import './markdown/markdown.css';

export interface MarkdownProps {
  readonly text: string;
  /** Whether more of it will come. */
  readonly growing?: boolean;
}

/** What a model says. It is drawn outside of the page's own tree, which knows no text that grows. */
export function Markdown({ text, growing = false }: MarkdownProps) {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef<View>(undefined);
  useEffect(() => {
    shown.current = view(box.current as HTMLDivElement, load);
    return () => shown.current?.end();
  }, []);
  useEffect(() => shown.current?.show(text, growing), [text, growing]);
  return <div ref={box} class="md" dir="auto" onClick={copyCode} />;
}

/** The script is loaded when the first text needs it. */
async function load(): Promise<Render> {
  const { render } = await import('./markdown/render');
  return (text) => render(text, words.markdown);
}

async function copyCode(event: MouseEvent): Promise<void> {
  const button = event.target;
  if (!(button instanceof HTMLButtonElement) || !button.classList.contains('md-copy')) {
    return;
  }
  const code = button.closest('.md-code')?.querySelector('pre')?.textContent ?? '';
  button.textContent = (await writeText(code)) ? words.markdown.copied : words.markdown.notCopied;
  setTimeout(() => {
    button.textContent = words.markdown.copyCode;
  }, 2_000);
}
