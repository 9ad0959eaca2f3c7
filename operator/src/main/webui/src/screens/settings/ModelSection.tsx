import { useEffect, useMemo, useState } from 'preact/hooks';
import { Badge } from '../../parts/Pill';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { later } from '../../parts/later';
import { Field } from '../../parts/Field';
import { providerName } from '../../parts/providers';
import { Radio } from '../../parts/Choice';
import { Select } from '../../parts/Select';
import { Skeleton } from '../../parts/Skeleton';
import { to } from '../../routes';
import { supportOf, parametersOf, type Wishes } from '../../state/parameters';
import { choices, detailed, followChoices, labelOf, namespaceOf, shown, type Offer } from '../../state/choices';
import { arranged, EVERYTHING, filtered, providersOf } from '../../state/models';
import { may } from '../../state/permissions';
import { standalone } from '../../state/session';
import { configs } from '../../state/stores';
import { freshness } from '../../state/ui';
import { settings, shell } from '../../text/en';
import { ParameterRow } from '../chat/ParameterRow';

const SaveModel = later(async () => (await import('./SaveModel')).SaveModel);

/** The two that nearly everybody looks for; the rest is on Configs. */
const SHOWN = ['temperature', 'maxOutputTokens'] as const;
const MOST = 60;

/** Which model is the default here, and how it is asked. */
export function ModelSection({ where }: { readonly where: string }) {
  useEffect(followChoices, []);
  const offers = useMemo(() => foremost(choices.value.filter((one) => namespaceOf(one.id) === where)), [choices.value, where]);
  const [picked, setPicked] = useState<string | undefined>(undefined);
  const chosen = offers.find((one) => one.id === picked) ?? offers.find((one) => one.isDefault);
  return (
    <section class="surface panel" aria-labelledby="settings-model">
      <div>
        <h2 id="settings-model">{settings.model}</h2>
        <p class="muted">{standalone.value ? settings.modelAboutStandalone : settings.modelAbout(where)}</p>
      </div>
      {offers.length === 0 ? (
        shown.value.kind === 'loading' ? <Skeleton rows={6} /> : <Banner tone="info">{settings.noModels}</Banner>
      ) : (
        <>
          <Picker offers={offers} chosen={chosen} onPick={setPicked} />
          {chosen !== undefined && <Parameters key={chosen.id} offer={chosen} where={where} onSaved={setPicked} />}
        </>
      )}
    </section>
  );
}

/** The default first, then what is configured, then all that the keys offer. */
function foremost(offers: readonly Offer[]): readonly Offer[] {
  const rank = (one: Offer) => (one.isDefault ? 0 : one.configured ? 1 : 2);
  return [...arranged(offers)].sort((a, b) => rank(a) - rank(b));
}

interface PickerProps {
  readonly offers: readonly Offer[];
  readonly chosen: Offer | undefined;
  readonly onPick: (id: string) => void;
}

function Picker({ offers, chosen, onPick }: PickerProps) {
  const [filter, setFilter] = useState({ text: '', provider: '' });
  const found = filtered(offers, { ...EVERYTHING, ...filter });
  return (
    <>
      <div class="halves">
        <Select
          label={settings.provider}
          value={filter.provider}
          options={[
            { value: '', label: settings.anyProvider },
            ...providersOf(offers).map((one) => ({ value: one, label: providerName(one) })),
          ]}
          onChange={(provider) => setFilter({ ...filter, provider })}
        />
        <Field label={settings.search} type="search" value={filter.text} onInput={(text) => setFilter({ ...filter, text })} />
      </div>
      <div class="settings-models" tabIndex={-1}>
        <Radio
          legend={settings.models}
          hideLegend
          value={chosen?.id}
          options={found.slice(0, MOST).map((one) => ({ value: one.id, label: <Label offer={one} />, about: <About offer={one} /> }))}
          onChange={onPick}
        />
        {found.length > MOST && <p class="label">{settings.more(MOST, found.length)}</p>}
      </div>
    </>
  );
}

function Label({ offer }: { readonly offer: Offer }) {
  return (
    <>
      <bdi>{labelOf(offer)}</bdi> {offer.isDefault && <Badge>{settings.isDefault}</Badge>}
    </>
  );
}

function About({ offer }: { readonly offer: Offer }) {
  const name = offer.configured ? offer.id.slice(offer.id.indexOf('.') + 1) : offer.apiKeyId?.slice(offer.apiKeyId.indexOf('.') + 1);
  return (
    <span translate={false}>
      {offer.model} · {offer.provider !== undefined && providerName(offer.provider)} {name !== undefined && `· ${name}`}
    </span>
  );
}

interface ParametersProps {
  readonly offer: Offer;
  readonly where: string;
  readonly onSaved: (id: string) => void;
}

function Parameters({ offer, where, onSaved }: ParametersProps) {
  const config = configs.get(offer.id);
  const before = (config?.parameters ?? {}) as Readonly<Record<string, unknown>>;
  const [detail, setDetail] = useState<Offer>(offer);
  const [wishes, setWishes] = useState<Wishes>(() => wishesOf(before));
  const [saving, setSaving] = useState(false);
  useEffect(() => {
    void detailed(offer).then((known) => known !== undefined && setDetail(known));
  }, [offer]);

  const write = may('patch', 'modelconfigs', where);
  // What this page does not show stays as it is.
  const others = Object.fromEntries(Object.entries(before).filter(([name]) => !SHOWN.some((one) => one === name)));
  const parameters = { ...others, ...parametersOf(wishes, detail) };
  return (
    <>
      <h3>{settings.parameters}</h3>
      {SHOWN.map((name) => (
        <ParameterRow
          key={name}
          name={name}
          support={supportOf(detail, name)}
          wish={wishes[name]}
          onWish={(wish) => setWishes({ ...wishes, [name]: wish })}
        />
      ))}
      <div class="row wrapping">
        <Button
          kind="accent"
          off={write ? (freshness.value.stale ? shell.staleWrites : undefined) : settings.mayNot}
          onClick={() => setSaving(true)}
        >
          {settings.save}
        </Button>
        <a class="button" href={to('chat', [], { model: offer.id })}>
          {settings.chat}
        </a>
      </div>
      {saving && (
        <SaveModel offer={offer} parameters={parameters} where={where} onClose={() => setSaving(false)} onSaved={onSaved} />
      )}
    </>
  );
}

export function wishesOf(parameters: Readonly<Record<string, unknown>>): Wishes {
  return Object.fromEntries(
    SHOWN.filter((name) => parameters[name] !== undefined).map((name) => [name, { send: true, value: parameters[name] }]),
  );
}
