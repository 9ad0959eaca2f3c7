import { useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Combobox } from '../../parts/Combobox';
import { Dialog } from '../../parts/Dialog';
import { Field } from '../../parts/Field';
import { go, to, toObject } from '../../routes';
import { choices, name, type Offer } from '../../state/choices';
import { offeredId } from '../../state/models';
import { keys } from '../../state/stores';
import { states } from '../../text/en';
import { models as words } from '../../text/en/models';
import { CreateDialog } from '../chat/SaveDialog';

/** A model that no list has: it can be asked and configured all the same. */
export function ByHand({ onClose }: { readonly onClose: () => void }) {
  const all = keys.items.value;
  const [chosen, setChosen] = useState<string | undefined>(all.length === 1 ? all[0]?.id : undefined);
  const [model, setModel] = useState('');
  const [creating, setCreating] = useState(false);
  const key = chosen === undefined ? undefined : keys.get(chosen);
  const id = model.trim();
  const wrong = wrongId(id);
  const offer: Offer | undefined =
    key === undefined || id === '' || wrong !== undefined
      ? undefined
      : {
          id: offeredId(key.id, id),
          configured: false,
          provider: key.provider,
          model: id,
          apiKeyId: key.id,
          isDefault: false,
          capabilities: [],
        };
  const known = choices.value.find((one) => one.model === id && one.apiKeyId === chosen);
  const off = all.length === 0 ? words.byHand.noKeys : offer === undefined ? words.byHand.hint : undefined;
  const take = (): Offer | undefined => {
    if (offer !== undefined && known === undefined) {
      name(offer);
    }
    return known ?? offer;
  };
  if (creating && offer !== undefined) {
    return (
      <CreateDialog
        offer={offer}
        parameters={{}}
        onClose={onClose}
        onMade={(config) => go(toObject('models', config.id))}
      />
    );
  }
  return (
    <Dialog
      title={words.byHand.title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button off={off} onClick={() => setCreating(true)}>
            {words.drawer.create}
          </Button>
          <Button
            kind="accent"
            off={off}
            onClick={() => {
              const asked = take();
              onClose();
              if (asked !== undefined) {
                go(to('chat', [], { model: asked.id }));
              }
            }}
          >
            {words.drawer.tryIt}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p class="muted">{words.byHand.about}</p>
        <Combobox
          label={words.byHand.key}
          value={chosen}
          options={all.map((one) => ({
            value: one.id,
            label: one.displayName || one.name,
            group: one.provider,
            about: one.id,
          }))}
          none={words.byHand.noKeys}
          onChange={setChosen}
        />
        <Field
          label={words.byHand.model}
          hint={known === undefined ? words.byHand.hint : words.byHand.known}
          error={wrong}
          mono
          value={model}
          onInput={setModel}
        />
      </div>
    </Dialog>
  );
}

/** A key that is pasted into the wrong field must go no further. */
function wrongId(id: string): string | undefined {
  if (/^(sk-|gsk_|xai-|pplx-|fw_|AIza|ABSK|bedrock-api-key-)[A-Za-z0-9_-]{16,}$/.test(id)) {
    return words.byHand.looksLikeKey;
  }
  return id.length > 256 || /[\s\u0000-\u001f]/.test(id) ? words.byHand.wrong : undefined;
}
