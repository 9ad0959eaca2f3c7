import { useEffect, useMemo, useState } from 'preact/hooks';
import { client, left } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { FactsProfile, SettingsPreview } from '../../api/schema';
import { Banner } from '../../parts/Banner';
import { CodeBlock } from '../../parts/CodeBlock';
import { Combobox } from '../../parts/Combobox';
import { Dialog } from '../../parts/Dialog';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Select } from '../../parts/Select';
import { Skeleton } from '../../parts/Skeleton';
import { exchange } from '../../state/chat';
import { messages } from '../../state/chatHistory';
import { parametersOf } from '../../state/parameters';
import { detailOf, draft, offerOf, system, talk, wishesOf, type Pane } from '../../state/chatPage';
import { nameOf, namespaceOf, suggested, type Offer } from '../../state/choices';
import { loadFacts, providerOf, providers, providersProblem } from '../../state/facts';
import { configs, keys } from '../../state/stores';
import { chat as words } from '../../text/en/chat';
import { callHere, callThere, type Wanted } from './code/call';
import { environment, LANGUAGES, write, type Language } from './code/write';

type Form = Language | 'environment' | 'yaml';

const FORMS: readonly Form[] = [...LANGUAGES, 'environment', 'yaml'];

/** The same question without this page. */
export function CodeDialog({ pane, onClose }: { readonly pane: Pane; readonly onClose: () => void }) {
  const [form, setForm] = useState<Form>('curl');
  const offer = offerOf(pane);
  const parameters = { ...configured(offer), ...parametersOf(wishesOf(pane), detailOf(offer)) };
  return (
    <Dialog title={words.code.title} onClose={onClose} wide>
      <div class="stack">
        <Select
          label={words.code.language}
          value={form}
          options={FORMS.map((one) => ({ value: one, label: words.code.languages[one] }))}
          onChange={setForm}
        />
        {offer !== undefined &&
          (form === 'environment' || form === 'yaml' ? (
            <Preview key={form} form={form} offer={offer} parameters={parameters} />
          ) : (
            <Program language={form} offer={offer} pane={pane} parameters={parameters} />
          ))}
      </div>
    </Dialog>
  );
}

/** What the config sends by itself. */
function configured(offer: Offer | undefined): Record<string, unknown> {
  const found = offer?.configured === true ? configs.get(offer.id)?.parameters : undefined;
  return (found as Record<string, unknown> | undefined) ?? {};
}

interface ProgramProps {
  readonly language: Language;
  readonly offer: Offer;
  readonly pane: Pane;
  readonly parameters: Record<string, unknown>;
}

function Program({ language, offer, pane, parameters }: ProgramProps) {
  const [by, setBy] = useState<'there' | 'here'>('there');
  const wanted = useMemo(() => question(pane, offer, parameters), [pane, offer, parameters]);
  const provider = providerOf(offer.provider ?? '');
  useEffect(() => void loadFacts(), []);
  const endpoint = offer.apiKeyId === undefined ? undefined : keys.get(offer.apiKeyId)?.endpoint;
  const there = provider && callThere(provider, endpoint, wanted);
  const call = by === 'there' && there !== undefined ? there : callHere(document.baseURI, offer.id, sessionOnly(wanted, pane, offer));
  const code = useMemo(() => write(language, call), [language, call]);
  if (providersProblem.value !== undefined) {
    return <ProblemBanner problem={providersProblem.value} retry={() => void loadFacts()} />;
  }
  if (providers.value.length === 0) {
    return <Skeleton rows={4} />;
  }
  const variable = provider?.keyless === true ? undefined : provider?.keyVariables[0];
  const direct = by === 'there' && there !== undefined;
  const hint = direct
    ? variable === undefined
      ? words.code.thereNoKey
      : words.code.thereHint(variable)
    : there === undefined
      ? `${words.code.onlyHere} ${words.code.hereHint}`
      : words.code.hereHint;
  return (
    <>
      <Select
        label={words.code.by}
        value={direct ? 'there' : 'here'}
        hint={hint}
        options={[
          { value: 'there', label: words.code.there, off: there === undefined },
          { value: 'here', label: words.code.here },
        ]}
        onChange={setBy}
      />
      {direct && provider?.dialect !== 'OpenAI' && parameters['reasoningEffort'] !== undefined && (
        <Banner tone="info" title={words.code.effort} />
      )}
      <CodeBlock code={code} label={words.code.label} />
    </>
  );
}

/** This server adds what the config sends. */
function sessionOnly(wanted: Wanted, pane: Pane, offer: Offer): Wanted {
  return { ...wanted, parameters: parametersOf(wishesOf(pane), detailOf(offer)) };
}

/** The conversation, with what is being written as its end; without anything, a line to be replaced. */
function question(pane: Pane, offer: Offer, parameters: Record<string, unknown>): Wanted {
  const turns = talk.turns.peek().map(exchange);
  const last = turns.at(-1);
  const text = draft.peek().trim();
  const told =
    text === '' && last !== undefined
      ? messages(turns.slice(0, -1), pane.id, last.question, system.peek())
      : messages(turns, pane.id, text === '' ? words.code.question : text, system.peek());
  return { model: offer.model, messages: told, parameters };
}

interface PreviewProps {
  readonly form: 'environment' | 'yaml';
  readonly offer: Offer;
  readonly parameters: Record<string, unknown>;
}

/** What agents would be given, as the operator's own rules say it. */
function Preview({ form, offer, parameters }: PreviewProps) {
  const { profiles, problem: unlisted } = useProfiles(form === 'environment');
  const [profile, setProfile] = useState('openai');
  const [preview, setPreview] = useState<SettingsPreview | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const id = offer.id;
  const sent = JSON.stringify(parameters);
  useEffect(() => {
    const own = new AbortController();
    const body = {
      namespace: namespaceOf(id),
      name: offer.configured ? nameOf(id) : suggested(offer.model),
      apiKeyRef: { name: nameOf(offer.apiKeyId ?? id) },
      model: offer.model,
      parameters,
      ...(form === 'environment' && { profile }),
    };
    client.call('POST /config/model-configs/preview', { body, signal: own.signal }).then(
      (answer) => {
        setPreview(answer.body);
        setProblem(undefined);
      },
      (thrown: unknown) => {
        if (!left(thrown)) {
          setProblem(toProblem(thrown));
        }
      },
    );
    return () => own.abort();
  }, [id, sent, profile, form]);
  const code = preview === undefined ? '' : environment(preview.env, words.code.secret);
  return (
    <>
      {form === 'environment' && (
        <Combobox
          label={words.code.profile}
          value={profile}
          options={(profiles ?? []).map((one) => ({ value: one.id, label: one.id, about: one.title, words: one.title }))}
          onChange={setProfile}
        />
      )}
      {(problem ?? unlisted) !== undefined && <ProblemBanner problem={(problem ?? unlisted) as Problem} />}
      {preview === undefined && problem === undefined && <Skeleton rows={4} label={words.code.waiting} />}
      {preview !== undefined && form === 'yaml' && <CodeBlock code={preview.yaml} label={words.code.label} />}
      {preview !== undefined && form === 'environment' && (
        <>
          {code.trim() === '' ? <p>{words.code.noEnvironment}</p> : <CodeBlock code={code} label={words.code.label} />}
          {preview.files
            .filter((file) => file.content !== undefined)
            .map((file) => (
              <CodeBlock key={file.path} code={file.content ?? ''} label={words.code.files(file.path)} />
            ))}
          {preview.notes.map((note) => (
            <p key={note.message} class="muted">
              {note.message}
            </p>
          ))}
        </>
      )}
    </>
  );
}

/** Facts of this version of the server: asked for once. */
let knownProfiles: readonly FactsProfile[] | undefined;

function useProfiles(wanted: boolean) {
  const [profiles, setProfiles] = useState(knownProfiles);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  useEffect(() => {
    if (wanted && profiles === undefined) {
      client.call('GET /profiles', { query: { limit: 500 } }).then(
        ({ body }) => {
          knownProfiles = body.items;
          setProfiles(body.items);
        },
        (thrown: unknown) => setProblem(toProblem(thrown)),
      );
    }
  }, [wanted]);
  return { profiles, problem };
}
