import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../api/problem';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { ImpactLine } from '../../parts/Impact';
import { Refused } from '../../parts/Refused';
import { go, toObject } from '../../routes';
import type { ConfigEditor } from '../../state/configEditor';
import { may } from '../../state/permissions';
import { freshness, say } from '../../state/ui';
import { shell } from '../../text/en';
import { configs, editor as words } from '../../text/en/configs';
import { TakeOver } from './TakeOver';

/** At the bottom, always in sight: what a save does to agents, and the save. */
export function SaveBar({ editor }: { readonly editor: ConfigEditor }) {
  const [owned, setOwned] = useState<Problem | undefined>(undefined);
  const made = editor.id !== undefined;
  const refused = editor.refused.value;
  useEffect(() => {
    if (refused?.reason === 'FieldOwnedByAnotherManager') {
      setOwned(refused);
      editor.refused.value = undefined;
    }
  }, [refused]);

  if (!editor.editable.value) {
    return null;
  }
  const save = async (force: boolean, leave: readonly string[]) => {
    setOwned(undefined);
    const saved = await editor.save(force, leave);
    if (saved === undefined) {
      focusFirstWrong();
      return;
    }
    const { config, undo } = saved;
    if (!made) {
      say('ok', words.created(config.name));
      go(toObject('configs', config.id), true);
    } else if (undo === undefined) {
      say('ok', words.saved(config.name));
    } else {
      say('ok', words.saved(config.name), {
        label: words.undo,
        run: async () => {
          const problem = await editor.undo(saved);
          say(problem === undefined ? 'ok' : 'bad', problem === undefined ? words.undone(config.name) : `${problem.detail} ${problem.action}`);
        },
      });
    }
  };
  const dirty = editor.dirty.value;
  const count = editor.changes.value.length;
  const off = whyNotNow(editor, made);
  return (
    <div class="save-bar" role="region" aria-label={words.save}>
      {refused !== undefined && refused.problems.length === 0 && <Refused problem={refused} />}
      {refused !== undefined && refused.problems.length > 0 && <Banner tone="bad" alert title={refused.detail}>{refused.action}</Banner>}
      <div class="row wrapping">
        <div class="grow wrap">
          <Told editor={editor} />
        </div>
        {made && dirty && <span class="label num">{words.fieldsChanged(count)}</span>}
        {dirty && <Button onClick={() => editor.discard()}>{words.discard}</Button>}
        <Button kind="accent" busy={editor.saving.value} off={off} onClick={() => void save(false, [])}>
          {made ? words.save : words.createIt}
        </Button>
      </div>
      {owned !== undefined && (
        <TakeOver
          problem={owned}
          editor={editor}
          onClose={() => setOwned(undefined)}
          onTake={(leave) => void save(true, leave)}
          onLeave={(leave) => void save(false, leave)}
        />
      )}
    </div>
  );
}

function Told({ editor }: { readonly editor: ConfigEditor }) {
  const look = editor.look.value;
  switch (look.kind) {
    case 'same':
      return <span class="muted">{editor.id === undefined ? words.fillFirst : editor.dirty.value ? '' : words.nothingToSave}</span>;
    case 'looking':
      return <span class="muted">{words.looking}</span>;
    case 'shown':
      return <ImpactLine impact={look.impact} namespace={editor.namespace} />;
    case 'refused':
      return (
        <span class="wrong" role="status">
          {look.problem.detail} {look.problem.problems.length === 0 && look.problem.action}
        </span>
      );
  }
}

function whyNotNow(editor: ConfigEditor, made: boolean): string | undefined {
  if (freshness.value.stale) {
    return shell.staleWrites;
  }
  if (!may(made ? 'patch' : 'create', 'modelconfigs', editor.namespace)) {
    return made ? configs.mayNotChange : configs.mayNotCreate;
  }
  if (editor.wrong.value.size > 0) {
    return words.mistyped;
  }
  if (editor.conflicts.value.length > 0) {
    return words.decideFirst;
  }
  const fields = editor.draft.value;
  if (fields['model'] === undefined || fields['apiKeyRef'] === undefined) {
    return words.fillFirst;
  }
  return editor.changes.value.length === 0 ? words.nothingToSave : undefined;
}

/** Where something is wrong, one goes on there. */
function focusFirstWrong(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.form [aria-invalid=true]')?.focus());
}
