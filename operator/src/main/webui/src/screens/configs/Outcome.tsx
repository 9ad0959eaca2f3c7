import { useMemo, useState } from 'preact/hooks';
import { client } from '../../api/client';
import { Banner } from '../../parts/Banner';
import { CodeBlock } from '../../parts/CodeBlock';
import { diffLines } from '../../parts/lines';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Select } from '../../parts/Select';
import { Tabs } from '../../parts/Tabs';
import { Time } from '../../parts/Time';
import { Variables } from '../../parts/Variables';
import type { NewConfig, SettingsPreview } from '../../api/schema';
import { fieldNamed, fieldsOf, valueAt } from '../../state/configDraft';
import type { ConfigEditor } from '../../state/configEditor';
import { editor as words } from '../../text/en/configs';
import { variables } from '../../text/en/variables';
import { useAnswer } from '../../state/answer';
import { useProfiles } from './useProfiles';

const TABS = (['receives', 'yaml', 'changes'] as const).map((id) => ({ id, label: words.tabs[id] }));

/** What comes of the form: beside it, or below where there is no room. */
export function Outcome({ editor }: { readonly editor: ConfigEditor }) {
  const [tab, setTab] = useState<'receives' | 'yaml' | 'changes'>('receives');
  const fields = fieldsOf(editor.draft.value);
  const enough = Boolean(fields.get('model')) && Boolean(fields.get('apiKeyRef.name'));
  return (
    <div class="surface panel outcome">
      <Tabs label={words.tabsLabel} tabs={TABS} value={tab} onChange={setTab}>
        {!enough && tab !== 'changes' ? (
          <p class="muted">{words.fillFirst}</p>
        ) : tab === 'receives' ? (
          <Receives editor={editor} />
        ) : tab === 'yaml' ? (
          <Yaml editor={editor} />
        ) : (
          <Changes editor={editor} />
        )}
      </Tabs>
    </div>
  );
}

function Receives({ editor }: { readonly editor: ConfigEditor }) {
  const own = String(valueAt(editor.draft.value, 'delivery.profile') ?? 'openai');
  const [other, setOther] = useState('');
  const profiles = useProfiles();
  const preview = editor.preview.value;
  const problem = editor.previewProblem.value;
  return (
    <div class="stack">
      <Select
        label={words.receivesAs}
        value={other}
        options={[{ value: '', label: words.receivesOwn(own) }, ...profiles.filter((one) => one.id !== own).map((one) => ({ value: one.id, label: `${one.id} – ${one.title}` }))]}
        onChange={setOther}
      />
      {other !== '' ? <Elsewhere editor={editor} profile={other} /> : problem !== undefined ? <ProblemBanner problem={problem} /> : preview !== undefined && <Settings preview={preview} />}
    </div>
  );
}

/** The same settings, as the framework of another profile would be told them. */
function Elsewhere({ editor, profile }: { readonly editor: ConfigEditor; readonly profile: string }) {
  const draft = editor.draft.value;
  const body = { ...(draft as unknown as NewConfig), namespace: editor.namespace, name: editor.config.value?.name ?? 'draft', profile };
  const asked = useAnswer(async (signal) => (await client.call('POST /config/model-configs/preview', { body, signal })).body, JSON.stringify(body));
  return asked.kind === 'told' ? <Settings preview={asked.told} /> : asked.kind === 'refused' ? <ProblemBanner problem={asked.problem} /> : null;
}

function Settings({ preview }: { readonly preview: SettingsPreview }) {
  return (
    <>
      {preview.notes.map((note) => (
        <Banner key={`${note.reason} ${note.message}`} tone="info">
          {note.message}
        </Banner>
      ))}
      {preview.env.length === 0 && preview.files.length === 0 ? <p class="muted">{words.nothingDelivered}</p> : <Variables env={preview.env} label={words.environment} />}
      {preview.files.length > 0 && <h3>{words.files}</h3>}
      {preview.files.map((file) => (
        <div key={file.path} class="stack tight">
          <code class="wrap" translate={false}>{file.path}</code>
          {file.secret ? <p class="muted">{variables.secret}</p> : <CodeBlock code={file.content ?? ''} label={file.path} />}
        </div>
      ))}
    </>
  );
}

function Yaml({ editor }: { readonly editor: ConfigEditor }) {
  const { before, after } = editor.yaml.value;
  const problem = editor.yamlProblem.value;
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const marked = useMemo(() => new Set(lines.filter((one) => one.kind !== 'removed').flatMap((one, at) => (one.kind === 'added' && before !== '' ? [at + 1] : []))), [lines]);
  const removed = lines.filter((one) => one.kind === 'removed').length;
  return (
    <div class="stack tight">
      {problem !== undefined && <ProblemBanner problem={problem} />}
      {before !== '' && (
        <p class="muted">
          {marked.size === 0 && removed > 0 ? words.yamlRemoved(removed) : words.yamlChanged(marked.size)}
          {marked.size > 0 && removed > marked.size && ` ${words.yamlRemoved(removed - marked.size)}`}
        </p>
      )}
      {after !== '' && <CodeBlock code={after.trimEnd()} label={words.yamlLabel} marked={marked} />}
    </div>
  );
}

function Changes({ editor }: { readonly editor: ConfigEditor }) {
  const changes = editor.changes.value;
  const saved = editor.config.value?.changes ?? [];
  return (
    <div class="stack">
      <h3>{words.unsavedChanges}</h3>
      {changes.length === 0 ? (
        <p class="muted">{words.noChanges}</p>
      ) : (
        <dl class="variables" aria-label={words.unsavedChanges}>
          {changes.map((one) => (
            <div key={one.field}>
              <dt translate={false}>{fieldNamed(one.field)}</dt>
              <dd class="wrap" translate={false}>
                <del>{told(one.from)}</del> <span aria-hidden="true">→</span> <ins>{told(one.to)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {editor.id !== undefined && (
        <>
          <h3>{words.recent}</h3>
          {saved.length === 0 ? (
            <p class="muted">{words.noRecent}</p>
          ) : (
            <ul class="timeline">
              {saved.map((one, at) => (
                <li key={at}>
                  <Time at={one.at} />
                  <span class="wrap">
                    {words.operations[one.operation]} {one.manager !== undefined && <span class="muted">{words.by(one.manager)}</span>}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}

export function told(value: unknown): string {
  return value === undefined || value === null ? words.unset : typeof value === 'string' ? value : JSON.stringify(value);
}
