import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { matching, type ComboOption } from '../parts/Combobox';
import { Dialog } from '../parts/Dialog';
import { go, SCREENS, to, toObject } from '../routes';
import { namespaces } from '../state/namespaces';
import { overlay } from '../state/overlay';
import { may } from '../state/permissions';
import { chooseNamespace, logOut, standalone } from '../state/session';
import { agents, configs, keys } from '../state/stores';
import { density, namespace, theme } from '../state/ui';
import { combobox, palette, shell } from '../text/en';

interface Command extends ComboOption {
  readonly run: () => void;
}

const MOST = 60;

/** Everything that can be gone to or done, by typing a part of its name. */
export default function Palette() {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const all = useMemo(commands, []);
  const found = useMemo(() => (matching(all, typed) as readonly Command[]).slice(0, MOST), [all, typed]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active, found]);

  const close = () => {
    overlay.value = undefined;
  };
  const run = (command: Command | undefined) => {
    if (command !== undefined) {
      close();
      // The dialog gives the focus back first; a command may then take it elsewhere.
      setTimeout(command.run);
    }
  };

  return (
    <Dialog title={palette.title} kind="palette" onClose={close}>
      <input
        class="input"
        type="text"
        role="combobox"
        autoComplete="off"
        spellcheck={false}
        placeholder={palette.placeholder}
        aria-label={palette.placeholder}
        aria-autocomplete="list"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={found[active] === undefined ? undefined : `${id}-${active}`}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined) {
            event.preventDefault();
            setActive((active + step + found.length) % Math.max(1, found.length));
          } else if (event.key === 'Enter') {
            event.preventDefault();
            run(found[active]);
          }
        }}
      />
      <span class="spoken" role="status">
        {found.length === 0 ? combobox.none : combobox.found(found.length)}
      </span>
      <div ref={list} class="palette-list">
        <div id={`${id}-list`} role="listbox" aria-label={palette.title}>
          {found.map((command, index) => (
            <div key={command.value} role="presentation">
              {command.group !== found[index - 1]?.group && (
                <div class="listbox-group" role="presentation">
                  {command.group}
                </div>
              )}
              <div
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                class="listbox-option"
                onClick={() => run(command)}
              >
                <span class="grow wrap">{command.label}</span>
                {command.about !== undefined && <bdi class="about wrap">{command.about}</bdi>}
              </div>
            </div>
          ))}
        </div>
        {found.length === 0 && <p class="listbox-none">{combobox.none}</p>}
      </div>
    </Dialog>
  );
}

function commands(): readonly Command[] {
  const where = namespace.peek();
  const screens = SCREENS.filter((one) => one !== 'stories').map((one) => ({
    value: `screen ${one}`,
    label: shell.screens[one],
    group: palette.go,
    run: () => go(to(one)),
  }));
  const add = may('create', 'apikeyconfigs', standalone.peek() ? 'default' : where)
    ? [{ value: 'add key', label: palette.addKey, group: palette.commands, run: () => go(to('keys', ['new'])) }]
    : [];
  const themes = (['system', 'light', 'dark'] as const)
    .filter((one) => one !== theme.peek())
    .map((one) => ({
      value: `theme ${one}`,
      label: palette.theme(shell.themes[one]),
      group: palette.commands,
      run: () => void (theme.value = one),
    }));
  const other = density.peek() === 'compact' ? 'comfortable' : 'compact';
  const rest = [
    { value: 'density', label: `${shell.density}: ${shell.densities[other].toLowerCase()}`, group: palette.commands, run: () => void (density.value = other) },
    { value: 'sign out', label: shell.signOut, group: palette.commands, run: () => void logOut() },
  ];
  return [...screens, ...add, ...objects(), ...themes, ...rest, ...places()];
}

function objects(): readonly Command[] {
  return [
    ...keys.items.peek().map((one) => ({
      value: `key ${one.id}`,
      label: one.name,
      about: one.displayName,
      words: `${one.displayName ?? ''} ${one.provider}`,
      group: palette.keys,
      run: () => go(toObject('keys', one.id)),
    })),
    ...configs.items.peek().map((one) => ({
      value: `config ${one.id}`,
      label: one.name,
      about: one.model,
      words: one.model,
      group: palette.configs,
      run: () => go(toObject('configs', one.id)),
    })),
    ...agents.items.peek().map((one) => ({
      value: `agent ${one.id}`,
      label: one.name,
      about: one.kind,
      words: one.kind,
      group: palette.agents,
      run: () => go(to('agents', [one.namespace, one.kind, one.name])),
    })),
  ];
}

function places(): readonly Command[] {
  return standalone.peek()
    ? []
    : namespaces.peek().map((one) => ({
        value: `namespace ${one.name}`,
        label: palette.look(one.name),
        group: palette.namespaces,
        run: () => chooseNamespace(one.name),
      }));
}
