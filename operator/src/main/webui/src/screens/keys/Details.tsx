import type { ComponentChildren } from 'preact';
import { client } from '../../api/client';
import type { Change, Condition, Key } from '../../api/schema';
import { Banner, TONE_ICONS, type Tone } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Copy } from '../../parts/Copy';
import { Drawer } from '../../parts/Dialog';
import { Icon } from '../../parts/Icon';
import { editable, OwnerBanner } from '../../parts/Ownership';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Skeleton } from '../../parts/Skeleton';
import { Time } from '../../parts/Time';
import { stopTest, tested, testKey } from '../../state/keytests';
import { may } from '../../state/permissions';
import { agents, configs } from '../../state/stores';
import { format, keyDetails, keys, keyWords, owners } from '../../text/en';
import { useDetail } from './detail';
import { KeyState, PHASES } from './KeyState';
import { importKey } from './import';
import { hostOf } from './pieces';
import type { KeyTask } from './tasks';
import { TestView } from './TestView';
import { Users } from './Users';

export interface DetailsProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onTask: (task: KeyTask, key: Key) => void;
}

/** All there is to know about one key, but for the key. */
export function Details({ id, onClose, onTask }: DetailsProps) {
  const detail = useDetail(id);
  if (detail.kind !== 'there') {
    return (
      <Drawer title={id} onClose={onClose}>
        {detail.kind === 'failed' && <ProblemBanner problem={detail.problem} retry={detail.reload} />}
        {detail.kind === 'gone' && <Banner tone="info">{keyDetails.gone}</Banner>}
        {detail.kind === 'loading' && <Skeleton rows={8} />}
      </Drawer>
    );
  }
  return <There shown={detail.key} onClose={onClose} onTask={onTask} />;
}

function There({ shown: key, onClose, onTask }: { readonly shown: Key } & Omit<DetailsProps, 'id'>) {
  const test = tested.value.get(key.id);
  const [tone] = PHASES[key.state];
  const outside = key.source === 'Environment';
  const writable = !outside && editable(key.managedBy) && may('patch', 'apikeyconfigs', key.namespace);
  const yaml = async () => (await client.yaml('GET /config/api-keys/{id}', { path: { id: key.id } })).body;
  return (
    <Drawer title={key.displayName ? `${key.name} · ${key.displayName}` : key.name} onClose={onClose}>
      <div class="stack details">
        <OwnerBanner managedBy={key.managedBy} actions={<Copy text={yaml} label={owners.copyYaml} />} />
        <Banner tone={tone} title={key.sentence ?? keyWords.phases[key.state]} />
        {outside && (
          <Banner tone="warn" actions={<Button onClick={() => void importKey(key)}>{keys.import}</Button>}>
            {keys.environmentAbout}
          </Banner>
        )}
        <div class="details-actions">
          {may('patch', 'apikeyconfigs', key.namespace) && (
            <Button icon="play" busy={test?.kind === 'running'} onClick={() => void testKey(key.id)}>
              {keys.test}
            </Button>
          )}
          {writable && (
            <Button icon="keys" onClick={() => onTask('replace', key)}>
              {keys.replace}
            </Button>
          )}
          {!outside && (
            <Button icon="edit" onClick={() => onTask('edit', key)}>
              {keys.edit}
            </Button>
          )}
          {writable && (
            <Button icon={key.active ? 'pause' : 'play'} onClick={() => onTask('suspend', key)}>
              {key.active ? keys.suspend : keys.resume}
            </Button>
          )}
          {!outside && editable(key.managedBy) && <Copy text={yaml} label={owners.copyYaml} small={false} />}
          {!outside && editable(key.managedBy) && may('delete', 'apikeyconfigs', key.namespace) && (
            <Button kind="danger" icon="trash" onClick={() => onTask('delete', key)}>
              {keys.remove}
            </Button>
          )}
        </div>
        {test !== undefined && (
          <TestView
            trial={test.kind === 'running' ? { kind: 'running', place: hostOf(key.endpoint ?? '') } : test}
            onStop={() => stopTest(key.id)}
          />
        )}
        <Facts shown={key} />
        <Part title={keyDetails.usedBy}>
          <Users
            configs={configs.items.value.filter((one) => one.apiKeyId === key.id)}
            agents={agents.items.value.filter((one) => one.apiKeyId === key.id)}
          />
        </Part>
        <Part title={keyDetails.conditions}>
          <Conditions conditions={key.conditions ?? []} />
        </Part>
        {(key.notes ?? []).length > 0 && (
          <Part title={keyDetails.notes}>
            {key.notes?.map((one) => (
              <Banner key={one.reason} tone="warn">
                {one.message}
              </Banner>
            ))}
          </Part>
        )}
        <Part title={keyDetails.changes}>
          <Changes shown={key} />
        </Part>
      </div>
    </Drawer>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Facts({ shown: key }: { readonly shown: Key }) {
  const secret = (key.spec as { secretRef?: { name?: string; key?: string } } | undefined)?.secretRef;
  return (
    <dl class="facts">
      <dt>{keyDetails.state}</dt>
      <dd>
        <KeyState id={key.id} phase={key.state} />
      </dd>
      <Fact name={keyDetails.endpoint} value={key.endpoint} mono />
      <Fact name={keyDetails.source} value={keyWords.sources[key.source]} />
      {secret !== undefined && <Fact name={keyDetails.secret} value={`${secret.name ?? ''} · ${secret.key ?? ''}`} mono />}
      <Fact name={keyDetails.mask} value={key.maskedKey} mono />
      <Fact name={keyDetails.models} value={key.modelCount === undefined ? undefined : String(key.modelCount)} />
      <dt>{keyDetails.checked}</dt>
      <dd>
        <Time at={key.checkedAt} focusable />
      </dd>
      <dt>{keyDetails.lastUsed}</dt>
      <dd title={keyDetails.lastUsedHint}>
        <Time at={key.lastUsedAt} focusable />
      </dd>
      <dt>{keyDetails.created}</dt>
      <dd>
        <Time at={key.createdAt} focusable />
      </dd>
      {key.expiresAt !== undefined && <Fact name={keyDetails.expires} value={format.day(key.expiresAt)} />}
      {key.previousUsableUntil !== undefined && (
        <Fact name={keyDetails.previous} value={keyDetails.previousUntil(format.time(key.previousUsableUntil))} />
      )}
    </dl>
  );
}

function Fact({ name, value, mono }: { readonly name: string; readonly value: string | undefined; readonly mono?: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd class={mono ? 'mono' : ''} translate={mono ? false : undefined}>
        {value ?? <span class="muted">–</span>}
      </dd>
    </>
  );
}

/** A condition that is bad when it is true is told by its word. */
const BAD_WHEN_TRUE: readonly string[] = ['Stalled'];

function toneOf({ type, status }: Condition): Tone {
  if (type === 'Reconciling') {
    return status === 'True' ? 'info' : 'plain';
  }
  const good = BAD_WHEN_TRUE.includes(type) ? 'False' : 'True';
  return status === good ? 'ok' : status === 'Unknown' ? 'plain' : 'bad';
}

export function Conditions({ conditions }: { readonly conditions: readonly Condition[] }) {
  return (
    <ul class="plain-list conditions">
      {conditions.map((one) => {
        const tone = toneOf(one);
        return (
          <li key={one.type} class={tone}>
            <Icon name={TONE_ICONS[tone]} size={14} />
            <span class="grow wrap">
              {one.message ?? one.reason}{' '}
              <span class="label">
                {one.type} {one.status} · <Time at={one.lastTransitionTime} />
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Changes({ shown: key }: { readonly shown: Key }) {
  const changes = key.changes ?? [];
  if (changes.length === 0) {
    return <p class="muted">{keyDetails.noChanges}</p>;
  }
  return (
    <ul class="plain-list">
      {runs(changes).map(({ first: one, count }) => (
        <li key={one.at + one.operation}>
          {keyDetails.operations[one.operation]} <Time at={one.at} />{' '}
          {one.manager !== undefined && <span class="muted">{keyDetails.by(one.manager)}</span>}
          {count > 1 && <span class="muted"> ×{count}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The operator writes its status often: what is the same one after the other is told once. */
function runs(changes: readonly Change[]): readonly { readonly first: Change; readonly count: number }[] {
  const told: { first: Change; count: number }[] = [];
  for (const one of changes) {
    const last = told.at(-1);
    if (last !== undefined && last.first.operation === one.operation && last.first.manager === one.manager) {
      last.count += 1;
    } else {
      told.push({ first: one, count: 1 });
    }
  }
  return told;
}
