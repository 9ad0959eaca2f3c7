import { useEffect, useMemo } from 'preact/hooks';
import { Screen } from '../../parts/Screen';
import { Select } from '../../parts/Select';
import { go, to } from '../../routes';
import type { Spec } from '../../state/configDraft';
import { closeEditor, editorOf } from '../../state/configEditor';
import { namespaces } from '../../state/namespaces';
import { namespace } from '../../state/ui';
import { editor as words } from '../../text/en/configs';
import { Back } from './Editor';
import { Form } from './Form';
import { Outcome } from './Outcome';
import { SaveBar } from './SaveBar';

/** `#/configs/new?namespace=agents&key=openai&model=gpt-5-mini`; everything may be left out. */
export function NewConfig({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const names = namespaces.value.map((one) => one.name);
  const chosen = query['namespace'] ?? (namespace.value === '' ? (names[0] ?? 'default') : namespace.value);
  const { key, model } = query;
  const editor = useMemo(() => {
    const first: Spec = { ...(key !== undefined && { apiKeyRef: { name: key } }), ...(model !== undefined && { model }) };
    return editorOf(chosen, undefined, first);
  }, [chosen, key, model]);
  useEffect(() => {
    void editor.open();
    return () => closeEditor(editor);
  }, [editor]);
  return (
    <Screen title={words.newTitle} above={<Back />}>
      {namespace.value === '' && names.length > 1 && (
        <div class="narrow">
          <Select
            label={words.namespace}
            value={chosen}
            options={names.map((value) => ({ value, label: value }))}
            onChange={(value) => go(to('configs', ['new'], { ...query, namespace: value }), true)}
          />
        </div>
      )}
      <div class="columns">
        <Form key={chosen} editor={editor} />
        <Outcome editor={editor} />
      </div>
      <SaveBar editor={editor} />
    </Screen>
  );
}
