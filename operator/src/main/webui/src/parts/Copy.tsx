import { useEffect, useState } from 'preact/hooks';
import { states } from '../text/en';
import { Button } from './Button';

/** Copies a text, and says so in place. */
export function Copy({ text, label = states.copy, small = true }: { readonly text: string | (() => Promise<string>); readonly label?: string; readonly small?: boolean }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(''), 2_000);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <>
      <Button small={small} icon={said === '' ? 'copy' : 'check'} onClick={async () => setSaid(await copied(text))}>
        {said === '' ? label : said}
      </Button>
      <span class="spoken" role="status">
        {said}
      </span>
    </>
  );
}

async function copied(text: string | (() => Promise<string>)): Promise<string> {
  return (await writeText(typeof text === 'string' ? text : await text())) ? states.copied : states.notCopied;
}

/** The clipboard is there on https and localhost only; elsewhere the old way still works. */
export async function writeText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'spoken';
    // A modal dialog makes everything outside of it inert.
    (document.querySelector('dialog[open]') ?? document.body).append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
