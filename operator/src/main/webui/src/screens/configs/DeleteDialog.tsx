import { useState } from 'preact/hooks';
import { client } from '../../api/client';
import type { Config } from '../../api/schema';
import { Banner } from '../../parts/Banner';
import { ChangeDialog } from '../../parts/ChangeDialog';
import { Field } from '../../parts/Field';
import { configs } from '../../state/stores';
import { say } from '../../state/ui';
import { forced } from '../../state/write';
import { asks as words } from '../../text/en/configs';

export interface DeleteDialogProps {
  readonly config: Config;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** What agents use is deleted only by somebody who has typed its name. */
export function DeleteDialog({ config, onClose, onDone }: DeleteDialogProps) {
  const [typed, setTyped] = useState('');
  const { name, namespace, agents, isDefault } = config;
  const path = { id: config.id };
  const ask = agents.matched > 0 || isDefault;
  return (
    <ChangeDialog
      title={words.deleteTitle(name)}
      submit={words.deleteIt}
      danger
      where={namespace}
      missing={ask && typed !== name ? words.typeFirst : undefined}
      onClose={onClose}
      look={async (signal, force) => (await client.preview('DELETE /config/model-configs/{id}', { path, query: forced(force), signal })).body}
      write={(force) => client.call('DELETE /config/model-configs/{id}', { path, query: forced(force) })}
      done={({ status }) => {
        const gone = status === 204;
        if (gone) {
          configs.remove(config.id);
        }
        say('ok', gone ? words.deleted(name) : words.deleting(name));
        onDone?.();
      }}
    >
      <p>{words.deleteSentence(agents.matched)}</p>
      {isDefault && <Banner tone="warn">{words.deleteDefault(namespace)}</Banner>}
      {ask && <Field label={words.deleteConfirm(name)} value={typed} onInput={setTyped} mono />}
    </ChangeDialog>
  );
}
