import { Dialog } from '../parts/Dialog';
import { Switch } from '../parts/Choice';
import { overlay } from '../state/overlay';
import { PLACES } from '../state/shortcuts';
import { letterShortcuts } from '../state/ui';
import { help, shell } from '../text/en';
import { apiUrl } from '../api/client';

const KEYS: readonly (readonly [readonly string[], string])[] = [
  [['Ctrl', 'K'], help.shortcuts.palette],
  [['/'], help.shortcuts.search],
  [['n'], help.shortcuts.create],
  [['t'], help.shortcuts.test],
  [['?'], help.shortcuts.help],
  [['Esc'], help.shortcuts.close],
  [['Enter'], help.shortcuts.send],
  [['Shift', 'Enter'], help.shortcuts.line],
];

export default function Help() {
  return (
    <Dialog title={help.title} onClose={() => (overlay.value = undefined)}>
      <div class="stack">
        <section class="stack tight">
          <h3>{help.keyboard}</h3>
          <Switch
            label={help.letters}
            hint={help.lettersHint}
            on={letterShortcuts.value}
            onChange={(on) => (letterShortcuts.value = on)}
          />
          <dl class="facts shortcuts">
            {KEYS.map(([keys, meaning]) => (
              <Shortcut key={meaning} keys={keys} meaning={meaning} />
            ))}
            {Object.entries(PLACES).map(([letter, screen]) => (
              <Shortcut key={letter} keys={['g', help.then, letter]} meaning={shell.screens[screen]} />
            ))}
          </dl>
        </section>
        <section class="stack tight">
          <h3>{help.words}</h3>
          <dl class="facts">
            {help.meanings.map(([word, meaning]) => (
              <Meaning key={word} word={word} meaning={meaning} />
            ))}
          </dl>
        </section>
        <p>
          {help.api} <a href={apiUrl('/openapi.json')}>openapi.json</a>.
        </p>
      </div>
    </Dialog>
  );
}

function Shortcut({ keys, meaning }: { readonly keys: readonly string[]; readonly meaning: string }) {
  return (
    <>
      <dt>
        {keys.map((one, index) => (
          <span key={index}>{one === help.then ? ` ${one} ` : <kbd>{one}</kbd>} </span>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </>
  );
}

function Meaning({ word, meaning }: { readonly word: string; readonly meaning: string }) {
  return (
    <>
      <dt>{word}</dt>
      <dd>{meaning}</dd>
    </>
  );
}
