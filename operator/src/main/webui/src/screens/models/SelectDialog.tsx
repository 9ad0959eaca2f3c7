import { ChangeDialog } from '../../parts/ChangeDialog';
import { go, toObject } from '../../routes';
import { labelOf, loadChoices, namespaceOf, type Offer } from '../../state/choices';
import { configs } from '../../state/stores';
import { say } from '../../state/ui';
import { selecting } from '../../state/write';
import { models as words } from '../../text/en/models';

/** The default of a namespace is what most agents take, so it is shown first what that does. */
export function SelectDialog({ offer, onClose }: { readonly offer: Offer; readonly onClose: () => void }) {
  const namespace = namespaceOf(offer.id);
  return (
    <ChangeDialog
      title={words.select.title(labelOf(offer))}
      submit={words.select.submit}
      where={namespace}
      onClose={onClose}
      {...selecting(offer.id)}
      done={(config) => {
        configs.upsert(config);
        say('ok', words.select.done(labelOf(offer), namespace));
        void loadChoices().then(() => {
          if (config.id !== offer.id) {
            go(toObject('models', config.id));
          }
        });
      }}
    >
      <p>{words.select.about(namespace)}</p>
    </ChangeDialog>
  );
}
