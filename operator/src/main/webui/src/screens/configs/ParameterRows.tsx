import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Choice, ChoiceSupport } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { Parameter, type ParameterProps } from '../../parts/Parameter';
import { fieldNamed, parseExtra, same, valueAt } from '../../state/configDraft';
import type { ConfigEditor } from '../../state/configEditor';
import { limitsOf, NAMES } from '../../state/parameters';
import { parameters } from '../../text/en';
import { editor as words } from '../../text/en/configs';

export interface RowsProps {
  readonly editor: ConfigEditor;
  /** What the model takes; undefined where nobody knows. */
  readonly choice: Choice | undefined;
}

/** The parameters of a config. What the model refuses cannot be switched on, and says why. */
export function ParameterRows({ editor, choice }: RowsProps) {
  const draft = editor.draft.value;
  const model = (choice?.configured ? undefined : choice?.displayName) ?? String(draft['model'] ?? '');
  return (
    <div class="parameter-rows">
      {[...NAMES, 'timeoutSeconds' as const].map((name) => {
        const support = supportOf(choice, name);
        const off = support.supported ? undefined : (support.sentence ?? words.unsupported(model, parameters.names[name]));
        return (
          <Row key={name} editor={editor} name={name} off={off}>
            <Parameter
              name={name}
              support={support}
              value={valueAt(draft, `parameters.${name}`)}
              off={off}
              hint={warningOf(editor, name)}
              error={editor.wrong.value.get(`parameters.${name}`)}
              onChange={(next) => set(editor, name, next, support)}
            />
          </Row>
        );
      })}
      <Extra editor={editor} />
    </div>
  );
}

function supportOf(choice: Choice | undefined, name: ParameterProps['name']): ChoiceSupport {
  const known = choice?.parameters?.[name];
  const longest = name === 'maxOutputTokens' ? choice?.maxOutputTokens : undefined;
  return { supported: true, ...(longest !== undefined && { max: longest }), ...known };
}

function set(editor: ConfigEditor, name: ParameterProps['name'], next: unknown, support: ChoiceSupport): void {
  editor.set(`parameters.${name}`, next);
  const { most } = limitsOf(name, support);
  if (Array.isArray(next) && next.length > most) {
    editor.mistyped(`parameters.${name}`, parameters.stopHint(most));
  }
}

interface RowProps {
  readonly editor: ConfigEditor;
  readonly name: ParameterProps['name'];
  readonly off: string | undefined;
  readonly children: ComponentChildren;
}

/** A value of a time when the model still took it is told, and can go. */
function Row({ editor, name, off, children }: RowProps) {
  const left = off === undefined ? undefined : valueAt(editor.draft.value, `parameters.${name}`);
  return (
    <div>
      {children}
      {left !== undefined && (
        <p class="row wrapping left-over">
          <span>{words.keptUnsent(JSON.stringify(left))}</span>
          <Button small onClick={() => editor.set(`parameters.${name}`, undefined)}>
            {words.removeValue}
          </Button>
        </p>
      )}
    </div>
  );
}

function Extra({ editor }: { readonly editor: ConfigEditor }) {
  const field = 'parameters.extra';
  const told = valueAt(editor.draft.value, field);
  const [text, setText] = useState(told === undefined ? '' : JSON.stringify(told, null, 2));
  const wrong = editor.wrong.value.get(field);
  useEffect(() => {
    const typed = parseExtra(text);
    const mine = 'value' in typed ? typed.value : undefined;
    // What is half typed is not overwritten by what it was before.
    if (wrong === undefined && (!('value' in typed) || !same(told, mine))) {
      setText(told === undefined ? '' : JSON.stringify(told, null, 2));
    }
  }, [told, wrong]);
  return (
    <Field
      label={words.extra}
      optional
      mono
      rows={3}
      value={text}
      hint={warningOf(editor, 'extra') ?? words.extraHint}
      error={wrong ?? refusalOf(editor, field)}
      onInput={(next) => {
        setText(next);
        const typed = parseExtra(next);
        if ('value' in typed) {
          editor.set(field, typed.value);
        } else {
          const say = words.extraWrong[typed.wrong];
          editor.mistyped(field, typeof say === 'string' ? say : say(typed.at ?? ''));
        }
      }}
    />
  );
}

/** What the server says of a field that would be saved all the same. */
function warningOf(editor: ConfigEditor, name: string): string | undefined {
  const look = editor.look.value;
  if (look.kind === 'shown') {
    return look.impact.warnings.find((one) => fieldNamed(one.field) === `parameters.${name}` || one.field === name)?.message;
  }
  return refusalOf(editor, `parameters.${name}`);
}

/** What the server says of a field that it does not take. */
export function refusalOf(editor: ConfigEditor, field: string): string | undefined {
  const look = editor.look.value;
  const problem = editor.refused.value ?? (look.kind === 'refused' ? look.problem : undefined);
  return problem?.problems.find((one) => fieldNamed(one.field) === field || fieldNamed(one.field).startsWith(`${field}.`))?.message;
}
