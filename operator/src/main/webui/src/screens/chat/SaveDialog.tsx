import { useState } from 'preact/hooks';
import { client } from '../../api/client';
import type { Config, ParameterSet } from '../../api/schema';
import { ChangeDialog } from '../../parts/ChangeDialog';
import { Check } from '../../parts/Choice';
import { Field } from '../../parts/Field';
import { NAMES, parametersOf } from '../../state/parameters';
import { changePane, detailOf, offerOf, wish, wishesOf, type Pane } from '../../state/chatPage';
import { loadChoices, nameOf, namespaceOf, suggested, type Offer } from '../../state/choices';
import { configs } from '../../state/stores';
import { say } from '../../state/ui';
import { forced } from '../../state/write';
import { chat as words } from '../../text/en/chat';

/** What the chat tried, put where agents get it. */
export function SaveDialog({ pane, onClose }: { readonly pane: Pane; readonly onClose: () => void }) {
  const offer = offerOf(pane);
  const parameters = parametersOf(wishesOf(pane), detailOf(offer));
  if (offer === undefined) {
    return null;
  }
  return offer.configured ? (
    <Save pane={pane} offer={offer} parameters={parameters} onClose={onClose} />
  ) : (
    <CreateDialog
      offer={offer}
      parameters={parameters}
      onClose={onClose}
      onMade={(config) => {
        // From now on the pane asks the config, which sends them by itself.
        wish(pane, {});
        changePane(pane.id, { model: config.id });
      }}
    />
  );
}

interface SaveProps {
  readonly pane: Pane;
  readonly offer: Offer;
  readonly parameters: Record<string, unknown>;
  readonly onClose: () => void;
}

function Save({ pane, offer, parameters, onClose }: SaveProps) {
  const [seen, setSeen] = useState<Config | undefined>(undefined);
  const path = { id: offer.id };
  // Read anew each time it is looked at: what is saved is meant for the state that was shown.
  const [state] = useState<{ etag: string | undefined; all: ParameterSet }>({ etag: undefined, all: {} });
  const others = Object.keys(seen?.parameters ?? {}).filter((name) => !NAMES.some((one) => one === name)).length;
  return (
    <ChangeDialog
      title={words.save.title(nameOf(offer.id))}
      submit={words.save.submit}
      where={namespaceOf(offer.id)}
      onClose={onClose}
      look={async (signal, force) => {
        const now = await client.call('GET /config/model-configs/{id}', { path, signal });
        setSeen(now.body);
        state.etag = now.etag;
        state.all = { ...now.body.parameters, ...parameters };
        const request = { path, body: state.all, ifMatch: now.etag ?? '*', query: forced(force), signal };
        return (await client.preview('PUT /config/models/{id}/parameters', request)).body;
      }}
      write={async (force) => {
        const request = { path, body: state.all, ifMatch: state.etag ?? '*', query: forced(force) };
        return (await client.call('PUT /config/models/{id}/parameters', request)).body;
      }}
      done={(config) => {
        configs.upsert(config);
        wish(pane, {});
        say('ok', words.save.saved(nameOf(offer.id)));
      }}
    >
      {others > 0 && <p class="muted">{words.save.other(others)}</p>}
    </ChangeDialog>
  );
}

export interface CreateProps {
  readonly offer: Offer;
  readonly parameters: Record<string, unknown>;
  readonly onClose: () => void;
  readonly onMade: (config: Config) => void;
}

/** A config for a model that a key offers. */
export function CreateDialog({ offer, parameters, onClose, onMade }: CreateProps) {
  const [name, setName] = useState(suggested(offer.model));
  const [first, setFirst] = useState(false);
  const namespace = namespaceOf(offer.id);
  const body = {
    namespace,
    name,
    apiKeyRef: { name: nameOf(offer.apiKeyId ?? offer.id) },
    model: offer.model,
    ...(first && { isDefault: true }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
  const wrong = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name) ? undefined : words.save.nameHint;
  return (
    <ChangeDialog
      title={words.save.createTitle(offer.model)}
      submit={words.save.create}
      where={namespace}
      mark={JSON.stringify(body)}
      off={wrong}
      onClose={onClose}
      look={async (signal) => (await client.preview('POST /config/model-configs', { body, signal })).body}
      write={async () => (await client.call('POST /config/model-configs', { body })).body}
      done={(config) => {
        configs.upsert(config);
        say('ok', words.save.created(config.name));
        void loadChoices().then(() => onMade(config));
      }}
    >
      <Field label={words.save.name} hint={words.save.nameHint} error={wrong} mono value={name} onInput={setName} />
      <Check label={words.save.makeDefault} on={first} onChange={setFirst} />
    </ChangeDialog>
  );
}
