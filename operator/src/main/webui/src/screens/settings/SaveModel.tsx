import { client } from '../../api/client';
import { ChangeDialog } from '../../parts/ChangeDialog';
import { labelOf, loadChoices, type Offer } from '../../state/choices';
import { configs } from '../../state/stores';
import { say } from '../../state/ui';
import { settings } from '../../text/en';

export interface SaveModelProps {
  readonly offer: Offer;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly where: string;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

/** Makes the model the default, with these parameters, once it was shown what that does. */
export function SaveModel({ offer, parameters, where, onClose, onSaved }: SaveModelProps) {
  const request = { path: { id: offer.id }, body: { parameters } };
  const query = (force: boolean) => (force ? ({ force: 'true' } as const) : {});
  return (
    <ChangeDialog
      title={settings.saveTitle(labelOf(offer))}
      submit={settings.save}
      where={where}
      onClose={onClose}
      look={async (signal, force) =>
        (await client.preview('POST /config/models/{id}/select', { ...request, query: query(force), signal })).body
      }
      write={async (force) => (await client.call('POST /config/models/{id}/select', { ...request, query: query(force) })).body}
      done={(saved) => {
        configs.upsert(saved);
        say('ok', settings.saved(labelOf(offer)));
        void loadChoices().then(() => onSaved(saved.id));
      }}
    />
  );
}
