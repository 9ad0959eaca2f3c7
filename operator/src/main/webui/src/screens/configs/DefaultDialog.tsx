import type { Config } from '../../api/schema';
import { ChangeDialog } from '../../parts/ChangeDialog';
import { configs } from '../../state/stores';
import { say } from '../../state/ui';
import { selecting } from '../../state/write';
import { asks as words } from '../../text/en/configs';

/** The default of a namespace changes hands: first what that does, then it is done. */
export function DefaultDialog({ config, onClose }: { readonly config: Config; readonly onClose: () => void }) {
  const { name, namespace } = config;
  const before = configs.items.value.find((one) => one.namespace === namespace && one.isDefault && one.id !== config.id);
  return (
    <ChangeDialog
      title={words.defaultTitle(name)}
      submit={words.setDefault}
      where={namespace}
      onClose={onClose}
      {...selecting(config.id)}
      done={(selected) => {
        configs.upsert(selected);
        void configs.refresh(); // the one before has changed, too
        say('ok', words.nowDefault(name));
      }}
    >
      <p>{words.defaultSentence(name, before?.name, namespace)}</p>
    </ChangeDialog>
  );
}
