import { useState } from 'preact/hooks';
import { IconButton, Button } from '../../parts/Button';
import { Radio, Switch } from '../../parts/Choice';
import { Field } from '../../parts/Field';
import { NAMES, parametersOf, supportOf, type Name, type Wish } from '../../state/parameters';
import {
  changePane,
  detailOf,
  keep,
  keeping,
  offerOf,
  panes,
  removePane,
  shared,
  system,
  wish,
  wishesOf,
  type Pane,
} from '../../state/chatPage';
import { choices, labelOf, namespaceOf, type Offer } from '../../state/choices';
import { may } from '../../state/permissions';
import { configs } from '../../state/stores';
import { chat as words } from '../../text/en/chat';
import { ModelPicker } from './ModelPicker';
import { ParameterRow } from './ParameterRow';

/** Whom one talks to, and how. */
export function Panel({ onSave }: { readonly onSave: (pane: Pane) => void }) {
  const all = panes.value;
  const [chosen, setChosen] = useState(all[0]?.id ?? 0);
  const pane = all.find((one) => one.id === chosen) ?? all[0];
  if (pane === undefined) {
    return null;
  }
  return (
    <div class="chat-panel-body">
      <div class="stack tight">
        {all.map((one, at) => (
          <PaneModel key={one.id} pane={one} number={at + 1} alone={all.length === 1} />
        ))}
      </div>
      {all.length > 1 && <Sharing panes={all} chosen={pane.id} onChoose={setChosen} />}
      <Parameters pane={pane} onSave={onSave} />
      <Field
        label={words.system.label}
        hint={words.system.hint}
        placeholder={words.system.placeholder}
        rows={3}
        value={system.value}
        onInput={(value) => {
          system.value = value;
        }}
      />
      <Keeping />
    </div>
  );
}

function PaneModel({ pane, number, alone }: { readonly pane: Pane; readonly number: number; readonly alone: boolean }) {
  const offer = offerOf(pane);
  const gone = pane.model !== undefined && offer === undefined && choices.value.length > 0;
  return (
    <div class="pane-model">
      <ModelPicker
        label={alone ? words.model : words.modelOf(number)}
        offers={choices.value}
        chosen={offer}
        missing={gone ? pane.model : undefined}
        onChoose={(next) => changePane(pane.id, { model: next.id })}
      />
      {!alone && (
        <IconButton
          icon="cross"
          label={words.removePane(offer === undefined ? words.modelOf(number) : labelOf(offer))}
          onClick={() => removePane(pane.id)}
        />
      )}
    </div>
  );
}

interface SharingProps {
  readonly panes: readonly Pane[];
  readonly chosen: number;
  readonly onChoose: (pane: number) => void;
}

/** Whether the parameters are those of all panes. */
function Sharing({ panes: all, chosen, onChoose }: SharingProps) {
  return (
    <Radio
      legend={words.parameters.of}
      look="segments"
      value={shared.value ? ALL : String(chosen)}
      options={[
        { value: ALL, label: words.parameters.shared },
        ...all.map((pane, at) => ({ value: String(pane.id), label: String(at + 1) })),
      ]}
      onChange={(value) => {
        shared.value = value === ALL;
        if (value !== ALL) {
          onChoose(Number(value));
        }
      }}
    />
  );
}

const ALL = 'all';

function Parameters({ pane, onSave }: { readonly pane: Pane; readonly onSave: (pane: Pane) => void }) {
  const wishes = wishesOf(pane);
  const offer = offerOf(pane);
  const together = shared.value ? panes.value : [pane];
  const details = together.map((one) => detailOf(offerOf(one)));
  const config = offer?.configured === true ? configs.get(offer.id) : undefined;
  const nothing = Object.keys(parametersOf(wishes, detailOf(offer))).length === 0;

  /** What can be set for some of the panes can be set; the others are named. */
  const support = (name: Name) =>
    details.map((one) => supportOf(one, name)).find((one) => one.supported) ?? supportOf(details[0], name);
  const refusing = (name: Name): string | undefined => {
    const models = details.flatMap((one) => (one && !supportOf(one, name).supported ? [labelOf(one)] : []));
    return models.length > 0 && models.length < details.length
      ? words.parameters.someUnsupported(models.join(', '))
      : undefined;
  };
  const both = wishes.temperature?.send === true && wishes.topP?.send === true;

  return (
    <section class="parameters" aria-label={words.parameters.title}>
      <h2 class="panel-title">{words.parameters.title}</h2>
      {NAMES.map((name) => (
        <ParameterRow
          key={`${pane.id} ${name}`}
          name={name}
          support={support(name)}
          wish={wishes[name]}
          configured={config?.parameters[name as keyof typeof config.parameters]}
          note={name === 'topP' && both ? words.parameters.both : refusing(name)}
          onWish={(next: Wish) => wish(pane, { ...wishes, [name]: next })}
        />
      ))}
      <p class="hint">{words.parameters.hint}</p>
      <div>
        <Button
          small
          off={offer === undefined ? words.composer.noModel : nothing && offer.configured ? words.parameters.saveNothing : noRight(offer)}
          onClick={() => onSave(pane)}
        >
          {offer?.configured === false ? words.parameters.create : words.parameters.save}
        </Button>
      </div>
    </section>
  );
}

function noRight(offer: Offer): string | undefined {
  const namespace = namespaceOf(offer.id);
  return may(offer.configured ? 'patch' : 'create', 'modelconfigs', namespace) ? undefined : words.parameters.noRight(namespace);
}

function Keeping() {
  return (
    <Switch
      label={words.keep.label}
      hint={keeping.value === 'full' ? words.keep.full : words.keep.hint}
      on={keeping.value !== 'no'}
      onChange={keep}
    />
  );
}
