import { useState } from 'preact/hooks';
import { IconButton } from '../../parts/Button';
import { Select } from '../../parts/Select';
import { valueAt } from '../../state/configDraft';
import type { ConfigEditor } from '../../state/configEditor';
import { configs } from '../../state/stores';
import { editor as words } from '../../text/en/configs';
import { refusalOf } from './ParameterRows';

/** The configs that are tried when this one fails; their order is changed by buttons, which every hand can press. */
export function Fallbacks({ editor }: { readonly editor: ConfigEditor }) {
  const [said, setSaid] = useState('');
  const names = ((valueAt(editor.draft.value, 'fallbackRefs') as readonly { name: string }[] | undefined) ?? []).map((one) => one.name);
  const own = editor.config.value?.name;
  const others = configs.items.value
    .filter((one) => one.namespace === editor.namespace && one.name !== own && !names.includes(one.name))
    .map((one) => one.name)
    .sort();
  const set = (next: readonly string[]) => editor.set('fallbackRefs', next.length === 0 ? undefined : next.map((name) => ({ name })));
  const move = (at: number, to: number) => {
    const next = [...names];
    const [name = ''] = next.splice(at, 1);
    next.splice(to, 0, name);
    set(next);
    setSaid(words.moved(name, to + 1, names.length));
  };
  const error = refusalOf(editor, 'fallbackRefs');
  return (
    <fieldset class="stack tight">
      <legend>{words.fallbacks}</legend>
      {names.length > 0 && (
        <ol class="ordered">
          {names.map((name, at) => (
            <li key={name}>
              <span class="label num">{at + 1}</span>
              <span class="grow wrap" translate={false}>
                {name}
              </span>
              <span class="turned">
                <IconButton icon="down" label={words.up(name)} off={at === 0 ? words.up(name) : undefined} onClick={() => move(at, at - 1)} />
              </span>
              <IconButton icon="down" label={words.down(name)} off={at === names.length - 1 ? words.down(name) : undefined} onClick={() => move(at, at + 1)} />
              <IconButton icon="cross" label={words.take(name)} onClick={() => set(names.filter((one) => one !== name))} />
            </li>
          ))}
        </ol>
      )}
      {others.length > 0 && names.length < 8 ? (
        <Select
          label={words.addFallback}
          hideLabel
          value=""
          error={error}
          options={[{ value: '', label: names.length === 0 ? words.addFallback : words.chooseFallback }, ...others.map((name) => ({ value: name, label: name }))]}
          onChange={(name) => name !== '' && set([...names, name])}
        />
      ) : (
        names.length === 0 && <p class="muted">{words.noFallbackLeft}</p>
      )}
      <p class="label">{words.fallbacksHint}</p>
      <span class="spoken" role="status">
        {said}
      </span>
    </fieldset>
  );
}
