import type { ComponentType } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Problem } from '../../api/problem';
import { Banner } from '../../parts/Banner';
import { Button, IconButton } from '../../parts/Button';
import { Check, Radio, Switch } from '../../parts/Choice';
import { CodeBlock } from '../../parts/CodeBlock';
import { Combobox } from '../../parts/Combobox';
import { Dialog, Drawer } from '../../parts/Dialog';
import { Diff } from '../../parts/Diff';
import { EmptyState } from '../../parts/EmptyState';
import { Field } from '../../parts/Field';
import { KeyField, type KeyHandle } from '../../parts/KeyField';
import { Menu } from '../../parts/Menu';
import { Meter } from '../../parts/Meter';
import { Badge, Pill } from '../../parts/Pill';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Select } from '../../parts/Select';
import { Skeleton } from '../../parts/Skeleton';
import { Slider } from '../../parts/Slider';
import { Table, type Column } from '../../parts/Table';
import { Tabs } from '../../parts/Tabs';
import { Time } from '../../parts/Time';
import { say } from '../../state/ui';
import { format } from '../../text/en';

const TONES = ['ok', 'warn', 'bad', 'info', 'plain'] as const;
const HOSTILE = '<img src=x onerror=alert(1)> \u202Eevitcejbo\u202C مرحبا 🙂 ' + 'x'.repeat(120);
const YAML = 'apiVersion: llmconfig.dev/v1alpha1\nkind: ApiKeyConfig\nmetadata:\n  name: openai-team-a\nspec:\n  provider: OpenAI\n';

function Buttons() {
  return (
    <div class="row wrapping">
      <Button kind="accent">Save</Button>
      <Button icon="plus">Add key</Button>
      <Button kind="danger">Delete</Button>
      <Button kind="quiet">Cancel</Button>
      <Button busy>Testing</Button>
      <Button off="Not possible while the cluster is not reachable.">Save</Button>
      <Button small>Small</Button>
      <IconButton icon="copy" label="Copy" />
      <IconButton icon="trash" label="Delete" off="In use" />
    </div>
  );
}

function Fields() {
  const [text, setText] = useState('openai-team-a');
  const handle = useRef<KeyHandle>(null);
  return (
    <>
      <Field label="Name" hint="Made from provider and display name when it is empty." value={text} onInput={setText} mono />
      <Field label="Name" error="There is a key of that name." value={HOSTILE} onInput={() => {}} />
      <Field label="Certificate" rows={3} value="" onInput={() => {}} optional />
      <KeyField label="Key" hint="Looks like an Anthropic key." handle={handle} />
      <KeyField label="Key" error="This is a mask and not a key." handle={useRef(null)} />
      <Select
        label="Provider"
        value="OpenAI"
        options={[{ value: 'OpenAI', label: 'OpenAI' }, { value: 'Mistral', label: 'Mistral' }]}
        onChange={() => {}}
      />
    </>
  );
}

const MODELS = Array.from({ length: 2_000 }, (_, index) => ({
  value: `model-${index}`,
  label: `model-${index}`,
  group: index < 1_000 ? 'OpenAI' : 'Mistral',
  about: '128k · $0.25',
}));

function Choosing() {
  const [model, setModel] = useState<string | undefined>('model-3');
  return (
    <>
      <Combobox label="Model" value={model} options={MODELS} onChange={setModel} />
      <Combobox label="Empty" value={undefined} options={[]} onChange={() => {}} none="No key is ready: add one on Keys." placeholder="Choose" />
    </>
  );
}

function Choices() {
  const [value, setValue] = useState<'a' | 'b' | 'c'>('a');
  const [on, setOn] = useState(true);
  const options = [
    { value: 'a' as const, label: 'Paste the key', about: 'It is encrypted at once.' },
    { value: 'b' as const, label: 'Existing Secret' },
    { value: 'c' as const, label: 'None', off: 'OpenAI needs a key.' },
  ];
  return (
    <>
      <Radio legend="List" value={value} options={options} onChange={setValue} />
      <Radio legend="Cards" look="cards" value={value} options={options} onChange={setValue} />
      <Radio legend="Segments" look="segments" value={value} options={options.map(({ value: one, label }) => ({ value: one, label }))} onChange={setValue} />
      <Switch label="Send temperature" on={on} onChange={setOn} hint="Off: the field is left out." />
      <Switch label="Cannot" on={false} onChange={() => {}} off="GPT-5 mini does not accept temperature." />
      <Check label="I know that agents restart" on={on} onChange={setOn} />
    </>
  );
}

function Sliders() {
  const [temperature, setTemperature] = useState<number | undefined>(0.7);
  const [most, setMost] = useState<number | undefined>(undefined);
  return (
    <>
      <Slider label="Temperature" value={temperature} onChange={setTemperature} min={0} max={2} step={0.05} start={0.7} />
      <Slider label="Max tokens" value={most} onChange={setMost} min={1} max={128_000} scale="log" start={4_096} format={format.tokens} />
      <Slider label="Top P" value={undefined} onChange={() => {}} min={0} max={1} step={0.05} start={1} off="GPT-5 mini does not accept topP." />
    </>
  );
}

interface Fruit {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  readonly provider: string;
}

const FRUIT: readonly Fruit[] = Array.from({ length: 400 }, (_, index) => ({
  id: `f${index}`,
  name: index === 3 ? HOSTILE : `fruit-${index}`,
  weight: (index * 7919) % 1_000,
  provider: index < 200 ? 'OpenAI' : 'Mistral',
}));

const COLUMNS: readonly Column<Fruit>[] = [
  { id: 'name', title: 'Name', head: true, cell: (one) => <span class="wrap">{one.name}</span>, sort: (one) => one.name },
  { id: 'state', title: 'State', cell: () => <Pill tone="ok" icon="check">Ready</Pill> },
  { id: 'weight', title: 'Context', end: true, cell: (one) => one.weight, sort: (one) => one.weight },
  {
    id: 'menu',
    title: 'Actions',
    hideTitle: true,
    end: true,
    width: 56,
    cell: (one) => <Menu label={`Actions for ${one.id}`} items={[{ label: 'Test', icon: 'play', run: () => say('ok', 'Tested.') }, 'line', { label: 'Delete', icon: 'trash', danger: true, run: () => {} }]} />,
  },
];

function Tables() {
  return (
    <>
      <Table label="Short" columns={COLUMNS} items={FRUIT.slice(0, 5)} idOf={(one) => one.id} selected="f2" onOpen={() => {}} />
      <Table label="None" columns={COLUMNS} items={[]} idOf={(one) => one.id} />
    </>
  );
}

function LongTable() {
  return (
    <Table
      label="Long, in groups"
      columns={COLUMNS}
      items={FRUIT}
      idOf={(one) => one.id}
      groupOf={(one) => one.provider}
      groupHead={(group, of) => `${group} ${of.length}`}
    />
  );
}

function Pills() {
  return (
    <div class="row wrapping">
      {TONES.map((tone) => (
        <Pill key={tone} tone={tone} icon="check">
          {tone}
        </Pill>
      ))}
      <Badge>tools</Badge>
      <Badge>vision</Badge>
      <Time at="2026-11-21T11:00:00Z" focusable />
    </div>
  );
}

const PROBLEM = new Problem({
  type: '',
  title: '',
  status: 403,
  reason: 'Forbidden',
  detail: 'jane may not patch modelconfigs in namespace agents.',
  action: 'Ask for the role llmconfig-edit in that namespace.',
  requestId: '0192f0c1',
  verb: 'patch',
  resource: 'modelconfigs.llmconfig.dev',
  namespace: 'agents',
});

function Banners() {
  return (
    <>
      {TONES.map((tone) => (
        <Banner key={tone} tone={tone} title={`A banner in ${tone}.`} actions={<Button small>Act</Button>}>
          Cause, effect, next step.
        </Banner>
      ))}
      <Banner tone="bad">{HOSTILE}</Banner>
      <ProblemBanner problem={PROBLEM} retry={() => {}} />
    </>
  );
}

function Overlays() {
  const [open, setOpen] = useState<'dialog' | 'drawer' | undefined>(undefined);
  const close = () => setOpen(undefined);
  const footer = (
    <>
      <Button onClick={close}>Cancel</Button>
      <Button kind="accent" onClick={close}>
        Save
      </Button>
    </>
  );
  return (
    <div class="row wrapping">
      <Button onClick={() => setOpen('dialog')}>Open dialog</Button>
      <Button onClick={() => setOpen('drawer')}>Open drawer</Button>
      <Button onClick={() => say('ok', 'Saved.', { label: 'Undo', run: () => {} })}>Say something</Button>
      {open === 'dialog' && (
        <Dialog title="Delete openai-team-a?" onClose={close} footer={footer}>
          <Fields />
        </Dialog>
      )}
      {open === 'drawer' && (
        <Drawer title={HOSTILE} onClose={close} footer={footer}>
          <Fields />
          <Choosing />
        </Drawer>
      )}
    </div>
  );
}

function Tabbed() {
  const [tab, setTab] = useState<'yaml' | 'changes'>('changes');
  return (
    <Tabs label="What it means" tabs={[{ id: 'yaml', label: 'YAML' }, { id: 'changes', label: 'Changes' }]} value={tab} onChange={setTab}>
      {tab === 'yaml' ? (
        <CodeBlock code={YAML} label="YAML" marked={new Set([6])} />
      ) : (
        <Diff before={YAML} after={YAML.replace('OpenAI', 'Mistral')} label="Changes" />
      )}
    </Tabs>
  );
}

function Rest() {
  return (
    <>
      <Meter label="Agents up to date" value={2} max={5}>
        2 of 5
      </Meter>
      <Meter label="Context" value={90} max={100} tone="warn">
        90 %
      </Meter>
      <EmptyState action={<Button kind="accent">Add key</Button>} snippet={`kubectl apply -f - <<EOF\n${YAML}EOF`}>
        There is no key in agents yet.
      </EmptyState>
      <Skeleton rows={3} />
    </>
  );
}

/** Long ones last, so that a screenshot of the first screen shows most of them. */
export const STORIES: readonly (readonly [string, ComponentType])[] = [
  ['Button', Buttons],
  ['Pill', Pills],
  ['Banner', Banners],
  ['Field', Fields],
  ['Combobox', Choosing],
  ['Choice', Choices],
  ['Slider', Sliders],
  ['Tabs', Tabbed],
  ['Overlays', Overlays],
  ['Rest', Rest],
  ['Table', Tables],
  ['LongTable', LongTable],
];
