import { ChangeDialog } from '../../parts/ChangeDialog';
import { labelOf, loadChoices, type Offer } from '../../state/choices';
import { configs } from '../../state/stores';
import { say } from '../../state/ui';
import { selecting } from '../../state/write';
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
  return (
    <ChangeDialog
      title={settings.saveTitle(labelOf(offer))}
      submit={settings.save}
      where={where}
      onClose={onClose}
      {...selecting(offer.id, { parameters })}
      done={(saved) => {
        configs.upsert(saved);
        say('ok', settings.saved(labelOf(offer)));
        void loadChoices().then(() => onSaved(saved.id));
      }}
    />
  );
}
