import { useEffect, useMemo, useState } from 'preact/hooks';
import { client } from '../../api/client';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Copy } from '../../parts/Copy';
import { Icon } from '../../parts/Icon';
import { Menu } from '../../parts/Menu';
import { Screen } from '../../parts/Screen';
import { go, to } from '../../routes';
import { closeEditor, editorOf, type ConfigEditor } from '../../state/configEditor';
import { signedIn } from '../../state/session';
import { configs as store } from '../../state/stores';
import { namespace } from '../../state/ui';
import { configs as words, editor as texts } from '../../text/en/configs';
import { Conflicts } from './Conflicts';
import { DefaultDialog, DeleteDialog } from './dialogs';
import { Form } from './Form';
import { whyNot } from './List';
import { Outcome } from './Outcome';
import { Owner } from './Owner';
import { Rollout } from './Rollout';
import { SaveBar } from './SaveBar';

/** One config: the form, what comes of it, and how far its rollout is. */
export function Editor({ id }: { readonly id: string }) {
  const dot = id.indexOf('.');
  const editor = useMemo(() => editorOf(id.slice(0, dot), id), [id]);
  useFollowed(editor, id);
  const state = editor.shown.value;
  return (
    <Screen
      title={id.slice(dot + 1)}
      count={<Badges editor={editor} id={id} />}
      actions={state.kind === 'ready' && <Actions editor={editor} id={id} />}
      state={state}
      retry={() => void editor.open()}
      above={<Back />}
      skeletonRows={10}
    >
      {editor.config.value !== undefined && <Body editor={editor} id={id} />}
    </Screen>
  );
}

export function Back() {
  return (
    <a class="back" href={to('configs')}>
      <Icon name="right" size={14} /> {words.back}
    </a>
  );
}

/** Whatever others save is read when the stream tells of it; a state alone changes nothing in the form. */
function useFollowed(editor: ConfigEditor, id: string): void {
  const row = store.get(id);
  const generation = row?.generation ?? 0;
  useEffect(() => {
    void editor.open();
    return () => closeEditor(editor);
  }, [editor]);
  useEffect(() => {
    if (editor.config.peek() !== undefined && !editor.saving.peek() && generation > editor.generation) {
      void editor.open();
    }
  }, [generation]);
  // What could not be found out for want of a session is asked again when there is one.
  const present = signedIn.value;
  useEffect(() => {
    const look = editor.look.peek();
    if (present && look.kind === 'refused' && look.problem.signedOut) {
      void editor.open();
    }
  }, [present]);
  const listed = store.shown.value.kind === 'ready' || store.shown.value.kind === 'empty';
  const inside = namespace.value === '' || namespace.value === editor.namespace;
  useEffect(() => {
    if (listed && inside && row === undefined && editor.config.peek() !== undefined) {
      editor.deleted();
    } else if (row !== undefined && editor.gone.peek()) {
      void editor.open(); // made anew
    }
  }, [listed, inside, row === undefined]);
}

/** The row of the store is newer than what the editor has read: it lives. */
function live(editor: ConfigEditor, id: string) {
  return store.get(id) ?? editor.config.value;
}

function Badges({ editor, id }: { readonly editor: ConfigEditor; readonly id: string }) {
  const config = live(editor, id);
  return (
    <span class="row wrapping">
      {config?.displayName !== undefined && <bdi class="wrap">{config.displayName}</bdi>}
      {config?.isDefault && (
        <span class="badge">
          {words.isDefault}
        </span>
      )}
    </span>
  );
}

function Actions({ editor, id }: { readonly editor: ConfigEditor; readonly id: string }) {
  const [asked, setAsked] = useState<'default' | 'delete' | undefined>(undefined);
  const config = live(editor, id);
  if (config === undefined) {
    return null;
  }
  const close = () => setAsked(undefined);
  return (
    <>
      <Copy small={false} label={texts.tabs.yaml} text={async () => (await client.yaml('GET /config/model-configs/{id}', { path: { id } })).body} />
      {!config.isDefault && (
        <Button icon="star" off={whyNot(config, 'patch')} onClick={() => setAsked('default')}>
          {words.makeDefault}
        </Button>
      )}
      <Menu
        label={words.actionsOf(config.name)}
        items={[
          { label: words.chat, icon: 'chat', run: () => go(to('chat', [], { model: id })) },
          'line',
          { label: words.remove, icon: 'trash', danger: true, off: whyNot(config, 'delete'), run: () => setAsked('delete') },
        ]}
      />
      {asked === 'default' && <DefaultDialog config={config} onClose={close} />}
      {asked === 'delete' && (
        <DeleteDialog
          config={config}
          onClose={close}
          onDone={() => {
            editor.deleted();
            editor.discard();
            go(to('configs'));
          }}
        />
      )}
    </>
  );
}

function Body({ editor, id }: { readonly editor: ConfigEditor; readonly id: string }) {
  const config = live(editor, id);
  return (
    <>
      {editor.gone.value && <Banner tone="bad" alert>{texts.gone(id.slice(id.indexOf('.') + 1))}</Banner>}
      {config !== undefined && !editor.gone.value && <Rollout config={config} />}
      <Owner editor={editor} />
      <Conflicts editor={editor} />
      <div class="columns">
        <Form editor={editor} />
        <Outcome editor={editor} />
      </div>
      <SaveBar editor={editor} />
    </>
  );
}
