import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Copy } from '../../parts/Copy';
import { Drawer } from '../../parts/Dialog';
import { Icon } from '../../parts/Icon';
import { Badge } from '../../parts/Pill';
import { Skeleton } from '../../parts/Skeleton';
import { go, to, toObject } from '../../routes';
import { choices, detailed, labelOf, nameOf, namespaceOf, shown, type Offer } from '../../state/choices';
import { NAMES } from '../../state/parameters';
import { now } from '../../state/clock';
import { retirement } from '../../state/models';
import { may } from '../../state/permissions';
import { agents, configs } from '../../state/stores';
import { format, parameters } from '../../text/en';
import { models as words } from '../../text/en/models';
import { CreateDialog } from '../chat/SaveDialog';
import { Facts, rangeOf } from './Facts';
import { SelectDialog } from './SelectDialog';

export interface ModelDrawerProps {
  readonly id: string;
  readonly marked: boolean;
  readonly full: boolean;
  readonly onMark: (offer: Offer, on: boolean) => void;
  readonly onClose: () => void;
}

/** Everything that is known of one model, and what can be done with it. */
export function ModelDrawer({ id, marked, full, onMark, onClose }: ModelDrawerProps) {
  const [doing, setDoing] = useState<'select' | 'create' | undefined>(undefined);
  const offer = choices.value.find((one) => one.id === id);
  if (offer === undefined) {
    return (
      <Drawer title={nameOf(id)} onClose={onClose}>
        {shown.value.kind === 'loading' ? <Skeleton rows={6} /> : <Banner tone="warn" title={words.drawer.gone} />}
      </Drawer>
    );
  }
  const namespace = namespaceOf(id);
  const noRight = (verb: string): string | undefined =>
    may(verb, 'modelconfigs', namespace) ? undefined : words.drawer.noRight(namespace);
  return (
    <>
      <Drawer
        title={
          <span dir="auto">
            {labelOf(offer)}
          </span>
        }
        onClose={onClose}
        footer={
          <>
            <Button
              off={!marked && full ? words.compareMost : undefined}
              onClick={() => onMark(offer, !marked)}
            >
              {marked ? words.drawer.unmark : words.drawer.mark}
            </Button>
            {offer.configured ? (
              <a class="button" href={toObject('configs', offer.id)}>
                {words.drawer.open}
              </a>
            ) : (
              <Button off={noRight('create')} onClick={() => setDoing('create')}>
                {words.drawer.create}
              </Button>
            )}
            <Button
              off={offer.isDefault ? words.drawer.isDefault : noRight('patch')}
              onClick={() => setDoing('select')}
            >
              {words.drawer.setDefault}
            </Button>
            <a class="button accent" href={to('chat', [], { model: offer.id })}>
              {words.drawer.tryIt}
            </a>
          </>
        }
      >
        <div class="stack model-details">
          <About offer={offer} />
          <Facts offer={offer} />
          <Parameters offer={offer} />
          <Users offer={offer} />
        </div>
      </Drawer>
      {doing === 'select' && <SelectDialog offer={offer} onClose={() => setDoing(undefined)} />}
      {doing === 'create' && (
        <CreateDialog
          offer={offer}
          parameters={{}}
          onClose={() => setDoing(undefined)}
          onMade={(config) => go(toObject('models', config.id))}
        />
      )}
    </>
  );
}

function About({ offer }: { readonly offer: Offer }) {
  const state = retirement(offer, now.value);
  return (
    <>
      {state !== 'none' && (
        <p class="retires">
          <Icon name="alert" size={14} /> {words.columns.retires}: {format.day(offer.retiresOn ?? '')}
        </p>
      )}
      <dl class="facts">
        <dt>{words.drawer.id}</dt>
        <dd class="row wrapping">
          <code class="wrap" translate={false}>
            {offer.model}
          </code>
          <Copy text={offer.model} />
        </dd>
        <dt>{words.filter.provider}</dt>
        <dd>{offer.provider ?? '–'}</dd>
        <dt>{words.drawer.namespace}</dt>
        <dd class="wrap">{namespaceOf(offer.id)}</dd>
        {offer.apiKeyId !== undefined && (
          <>
            <dt>{words.drawer.key}</dt>
            <dd class="wrap">
              <a href={toObject('keys', offer.apiKeyId)}>{nameOf(offer.apiKeyId)}</a>{' '}
              {(offer.otherKeys ?? 0) > 0 && words.drawer.otherKeys(offer.otherKeys ?? 0)}
            </dd>
          </>
        )}
        {offer.capabilities.length > 0 && (
          <>
            <dt>{words.columns.badges}</dt>
            <dd class="badges">
              {offer.capabilities.map((one) => (
                <Badge key={one}>{words.capabilities[one] ?? one}</Badge>
              ))}
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

function Parameters({ offer }: { readonly offer: Offer }) {
  const [detail, setDetail] = useState<Offer | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    void detailed(offer).then((found) => {
      if (!gone) {
        setDetail(found);
      }
    });
    return () => {
      gone = true;
    };
  }, [offer.id]);
  const known = detail?.parameters;
  if (known === undefined) {
    return null;
  }
  return (
    <section aria-label={words.drawer.parameters} class="stack tight">
      <h3>{words.drawer.parameters}</h3>
      <ul class="parameter-list">
        {NAMES.flatMap((name) => {
          const support = known[name];
          const title = parameters.names[name];
          return support === undefined ? (
            []
          ) : (
            <li key={name} class={support.supported ? '' : 'muted'}>
              <Icon name={support.supported ? 'check' : 'minus'} size={14} />{' '}
              {support.supported
                ? words.drawer.takes(title, rangeOf(support))
                : (support.sentence ?? words.drawer.unsupported(title))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Users({ offer }: { readonly offer: Offer }) {
  const namespace = namespaceOf(offer.id);
  const users = configs.items.value.filter(
    (config) =>
      config.namespace === namespace &&
      config.model === offer.model &&
      (offer.configured ? config.id === offer.id : config.provider === offer.provider),
  );
  return (
    <section aria-label={words.drawer.users} class="stack tight">
      <h3>{words.drawer.users}</h3>
      {users.length === 0 ? (
        <p class="muted">{words.drawer.nobody}</p>
      ) : (
        <ul class="plain-list">
          {users.map((config) => (
            <li key={config.id} class="wrap">
              <a href={toObject('configs', config.id)}>{config.displayName || config.name}</a>{' '}
              <a class="muted" href={to('agents', [], { config: config.id })}>
                {words.drawer.agents(agents.items.value.filter((agent) => agent.configId === config.id).length)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
