import { batch, computed, signal } from '@preact/signals';
import { client as ours, left, type Client } from '../api/client';
import { toProblem, type Problem } from '../api/problem';
import type { Config, Impact, NewConfig, SettingsPreview } from '../api/schema';
import { changesOf, fieldsOf, mergePatch, rebase, withValue, without, type Conflict, type Spec } from './configDraft';
import type { Shown } from './store';
import { configs } from './stores';
import { forced } from './write';

/** What a save would do, as far as it is known. */
export type Look =
  | { readonly kind: 'same' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'shown'; readonly impact: Impact }
  | { readonly kind: 'refused'; readonly problem: Problem };

export interface Saved {
  readonly config: Config;
  /** The patch that takes it back, where nothing has restarted yet. */
  readonly undo: { readonly patch: Record<string, unknown>; readonly etag: string | undefined } | undefined;
}

/** Between the last key that was pressed and the question what it would do. */
const CALM_MS = 400;

/**
 * One config while it is edited. The server is the truth: the draft is apart until a save is confirmed, and what
 * somebody else saves meanwhile is carried into it, field by field.
 */
export class ConfigEditor {
  readonly shown = signal<Shown>({ kind: 'loading' });
  readonly config = signal<Config | undefined>(undefined);
  readonly base = signal<Spec>({});
  readonly draft = signal<Spec>({});
  /** For one that is not there yet. */
  readonly name = signal('');
  readonly conflicts = signal<readonly Conflict[]>([]);
  /** Others have saved since this was opened, and nothing of it contradicts the draft. */
  readonly carried = signal(false);
  readonly gone = signal(false);
  /** What is typed and is no value yet, by field. */
  readonly wrong = signal<ReadonlyMap<string, string>>(new Map());
  readonly look = signal<Look>({ kind: 'same' });
  readonly preview = signal<SettingsPreview | undefined>(undefined);
  readonly previewProblem = signal<Problem | undefined>(undefined);
  readonly yaml = signal({ before: '', after: '' });
  readonly yamlProblem = signal<Problem | undefined>(undefined);
  readonly saving = signal(false);
  readonly refused = signal<Problem | undefined>(undefined);

  readonly changes = computed(() => changesOf(this.base.value, this.draft.value));
  readonly dirty = computed(() => this.changes.value.length > 0 || this.wrong.value.size > 0);
  readonly editable = computed(() => this.config.value?.managedBy?.editable !== false);

  readonly id: string | undefined;
  readonly namespace: string;
  readonly #client: Client;
  #etag: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: AbortController | undefined;
  #opening: Promise<void> | undefined;

  /** @param id of the config; undefined makes a new one */
  constructor(namespace: string, id: string | undefined, first: Spec = {}, client: Client = ours) {
    this.namespace = namespace;
    this.id = id;
    this.#client = client;
    if (id === undefined) {
      this.draft.value = first;
      this.shown.value = { kind: 'ready' };
    }
  }

  get generation(): number {
    return this.config.peek()?.generation ?? 0;
  }

  /** Reads it anew. An edit that is under way is carried over. */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #open(): Promise<void> {
    if (this.id === undefined) {
      this.#ask(0);
      return;
    }
    try {
      const { body, etag } = await this.#client.call('GET /config/model-configs/{id}', { path: { id: this.id } });
      batch(() => {
        this.#take(body, etag);
        this.shown.value = { kind: 'ready' };
        this.gone.value = false;
      });
      this.#ask(0);
    } catch (thrown) {
      const problem = toProblem(thrown);
      if (problem.status === 404 && this.config.peek() !== undefined) {
        this.gone.value = true;
      } else {
        this.shown.value = problem.forbidden
          ? { kind: 'forbidden', problem }
          : { kind: 'error', problem, rows: this.config.peek() !== undefined };
      }
    }
  }

  #take(body: Config, etag: string | undefined): void {
    const theirs = body.spec ?? {};
    const first = this.config.peek() === undefined;
    const moved = !first && changesOf(this.base.peek(), theirs).length > 0;
    if (first) {
      this.draft.value = theirs;
    } else if (moved) {
      const dirty = this.dirty.peek();
      const { draft, conflicts } = rebase(this.base.peek(), this.draft.peek(), theirs);
      const open = this.conflicts.peek().filter((one) => !conflicts.some((other) => other.field === one.field));
      this.draft.value = draft;
      this.conflicts.value = [...open, ...conflicts];
      // Where what was typed is what they have saved, such as from Git, nothing is left to tell of.
      const left = changesOf(theirs, draft).length > 0 || this.wrong.peek().size > 0;
      this.carried.value = dirty && left && conflicts.length === 0;
    }
    this.base.value = theirs;
    this.config.value = body;
    this.#etag = etag;
  }

  set(field: string, value: unknown): void {
    batch(() => {
      this.draft.value = withValue(this.draft.peek(), field, value);
      this.refused.value = undefined;
      if (this.wrong.peek().has(field)) {
        this.wrong.value = new Map([...this.wrong.peek()].filter(([one]) => one !== field));
      }
    });
    this.#ask(CALM_MS);
  }

  /** It has been deleted; whatever was typed is kept as long as one looks, and nobody is asked about it. */
  deleted(): void {
    this.leave();
    this.gone.value = true;
  }

  /** What is typed is no value; nothing is saved before it is one. */
  mistyped(field: string, why: string): void {
    this.wrong.value = new Map(this.wrong.peek()).set(field, why);
  }

  /** Its name is another one: what comes of it is looked at again. */
  rename(name: string): void {
    this.name.value = name;
    this.wrong.value = new Map([...this.wrong.peek()].filter(([one]) => one !== 'name'));
    this.refused.value = undefined;
    this.#ask(CALM_MS);
  }

  settle(conflict: Conflict, mine: boolean): void {
    this.conflicts.value = this.conflicts.peek().filter((one) => one.field !== conflict.field);
    if (!mine) {
      this.set(conflict.field, conflict.theirs);
    }
  }

  discard(): void {
    batch(() => {
      this.draft.value = this.base.peek();
      this.conflicts.value = [];
      this.wrong.value = new Map();
      this.refused.value = undefined;
      this.carried.value = false;
    });
    this.#ask(0);
  }

  /**
   * @param force takes fields of another manager over, after the person has agreed
   * @param leave fields that stay with their manager, and so as they were
   */
  async save(force = false, leave: readonly string[] = []): Promise<Saved | undefined> {
    if (this.saving.peek()) {
      return undefined;
    }
    const before = this.base.peek();
    const sent = without(leave, before, this.draft.peek());
    const looked = this.look.peek();
    // What it would do is asked of a state that is about to be another one.
    this.leave();
    batch(() => {
      this.saving.value = true;
      this.refused.value = undefined;
    });
    try {
      const query = forced(force);
      const { body, etag } =
        this.id === undefined
          ? await this.#client.call('POST /config/model-configs', { body: this.#wish(sent), query })
          : await this.#client.call('PATCH /config/model-configs/{id}', {
              path: { id: this.id },
              body: mergePatch(before, sent),
              ifMatch: this.#etag ?? '*',
              query,
            });
      const after = body.spec ?? sent;
      batch(() => {
        // What was typed while it was saved is still there.
        this.draft.value = rebase(sent, without(leave, before, this.draft.peek()), after).draft;
        this.base.value = after;
        this.config.value = body;
        this.conflicts.value = [];
        this.carried.value = false;
        this.#etag = etag;
      });
      configs.upsert(body);
      this.#ask(0);
      const calm = looked.kind === 'shown' && looked.impact.restarts + looked.impact.hotSwitches === 0;
      return { config: body, undo: this.id !== undefined && calm ? { patch: mergePatch(after, before), etag } : undefined };
    } catch (thrown) {
      const problem = toProblem(thrown);
      if (problem.reason === 'ChangedMeanwhile' && this.id !== undefined) {
        await this.open();
      } else {
        this.refused.value = problem;
        if (looked.kind === 'looking') {
          this.#ask(CALM_MS);
        }
      }
      return undefined;
    } finally {
      this.saving.value = false;
    }
  }

  /** Takes a save back, unless somebody has saved something else since. */
  async undo(saved: Saved): Promise<Problem | undefined> {
    if (this.id === undefined || saved.undo === undefined) {
      return undefined;
    }
    try {
      const { body } = await this.#client.call('PATCH /config/model-configs/{id}', {
        path: { id: this.id },
        body: saved.undo.patch,
        ifMatch: saved.undo.etag ?? '*',
      });
      configs.upsert(body);
      await this.open();
      return undefined;
    } catch (thrown) {
      return toProblem(thrown);
    }
  }

  /** Nobody looks any more; what was typed stays. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#looking?.abort();
  }

  #ask(afterMs: number): void {
    this.leave();
    // Nobody is asked about what is gone, nor whether what was just made could be made.
    if (this.gone.peek() || (this.id === undefined && this.config.peek() !== undefined)) {
      return;
    }
    const dirty = this.changes.peek().length > 0;
    this.look.value = dirty && this.editable.peek() && this.#enough() ? { kind: 'looking' } : { kind: 'same' };
    if (this.#enough()) {
      this.#timer = setTimeout(() => void this.#find(), afterMs);
    }
  }

  /** Whether there is anything that can be asked about. */
  #enough(): boolean {
    const fields = fieldsOf(this.draft.peek());
    return Boolean(fields.get('model')) && Boolean(fields.get('apiKeyRef.name'));
  }

  async #find(): Promise<void> {
    const own = new AbortController();
    this.#looking = own;
    await Promise.all([this.#findImpact(own.signal), this.#findPreview(own.signal), this.#findYaml(own.signal)]);
  }

  async #findImpact(signal: AbortSignal): Promise<void> {
    if (this.look.peek().kind !== 'looking') {
      return;
    }
    try {
      const { body } =
        this.id === undefined
          ? await this.#client.preview('POST /config/model-configs', { body: this.#wish(this.draft.peek()), signal })
          : await this.#client.preview('PATCH /config/model-configs/{id}', { ...this.#patch(), signal });
      this.look.value = { kind: 'shown', impact: body };
    } catch (thrown) {
      if (!left(thrown) && !signal.aborted) {
        const problem = toProblem(thrown);
        this.look.value = { kind: 'refused', problem };
        if (problem.reason === 'ChangedMeanwhile' && this.id !== undefined) {
          void this.open();
        }
      }
    }
  }

  async #findPreview(signal: AbortSignal): Promise<void> {
    try {
      const name = this.config.peek()?.name ?? (this.name.peek() || 'draft');
      const body = { ...this.#wish(this.draft.peek()), name };
      this.preview.value = (await this.#client.call('POST /config/model-configs/preview', { body, signal })).body;
      this.previewProblem.value = undefined;
    } catch (thrown) {
      if (!left(thrown) && !signal.aborted) {
        this.previewProblem.value = toProblem(thrown);
      }
    }
  }

  async #findYaml(signal: AbortSignal): Promise<void> {
    try {
      const path = { id: this.id ?? '' };
      const before =
        this.id === undefined ? '' : (await this.#client.yaml('GET /config/model-configs/{id}', { path, signal })).body;
      const after = await this.draftYaml(signal, before);
      this.yaml.value = { before, after };
      this.yamlProblem.value = undefined;
    } catch (thrown) {
      if (!left(thrown) && !signal.aborted) {
        this.yamlProblem.value = toProblem(thrown);
      }
    }
  }

  /** The whole object as it is edited, to be committed. */
  async draftYaml(signal?: AbortSignal, unchanged?: string): Promise<string> {
    if (this.id === undefined) {
      const body = this.#wish(this.draft.peek());
      return (await this.#client.yaml('POST /config/model-configs', { body, signal })).body;
    }
    if (this.changes.peek().length === 0) {
      return unchanged ?? (await this.#client.yaml('GET /config/model-configs/{id}', { path: { id: this.id }, signal })).body;
    }
    return (await this.#client.yaml('PATCH /config/model-configs/{id}', { ...this.#patch(), signal })).body;
  }

  #patch() {
    return {
      path: { id: this.id ?? '' },
      body: mergePatch(this.base.peek(), this.draft.peek()),
      ifMatch: this.#etag ?? '*',
    };
  }

  #wish(spec: Spec): NewConfig {
    const name = this.name.peek();
    return { ...(spec as unknown as NewConfig), namespace: this.namespace, ...(name !== '' && { name }) };
  }
}

const open = new Map<string, ConfigEditor>();

/** The editor of a config: an edit that was left unsaved is found again. */
export function editorOf(namespace: string, id: string | undefined, first?: Spec): ConfigEditor {
  const key = id ?? `new ${namespace} ${JSON.stringify(first ?? {})}`;
  const before = open.get(key);
  if (before !== undefined) {
    return before;
  }
  const editor = new ConfigEditor(namespace, id, first);
  open.set(key, editor);
  return editor;
}

/** Nothing is kept of an editor that holds nothing which is not saved. */
export function closeEditor(editor: ConfigEditor): void {
  editor.leave();
  const made = editor.id === undefined && editor.config.peek() !== undefined;
  if (made || !editor.dirty.peek()) {
    for (const [key, one] of open) {
      if (one === editor) {
        open.delete(key);
      }
    }
  }
}

/** Whether somebody has typed something into it that is not saved. */
export function unsaved(id: string): boolean {
  return open.get(id)?.dirty.value ?? false;
}
