import type { AuditEntry, AuditEntryField } from '../../api/schema';
import type { Tone } from '../../parts/Banner';
import type { IconName } from '../../parts/Icon';
import { Pill } from '../../parts/Pill';
import type { Column } from '../../parts/Table';
import { to } from '../../routes';
import { format } from '../../text/en';
import { audit as words } from '../../text/en/audit';

type Result = keyof typeof words.results;

const RESULTS: Readonly<Record<Result, { readonly tone: Tone; readonly icon: IconName }>> = {
  Done: { tone: 'ok', icon: 'check' },
  Refused: { tone: 'warn', icon: 'cross' },
  Failed: { tone: 'bad', icon: 'alert' },
};

export const COLUMNS: readonly Column<AuditEntry>[] = [
  { id: 'at', title: words.columns.at, width: 200, head: true, cell: (one) => <time class="num" dateTime={one.at}>{format.time(one.at)}</time> },
  { id: 'actor', title: words.columns.actor, width: 120, cell: (one) => (one.actor === undefined ? <span class="muted">{words.unknownActor}</span> : <span class="wrap" translate={false} title={one.actor}>{one.actor}</span>) },
  { id: 'via', title: words.columns.via, width: 84, spare: 2, cell: (one) => words.via[one.via] ?? one.via },
  { id: 'action', title: words.columns.action, width: 82, cell: (one) => words.actions[one.action as keyof typeof words.actions] ?? one.action },
  {
    id: 'object',
    title: words.columns.object,
    width: 170,
    cell: (one) =>
      one.object === undefined ? undefined : (
        <a class="wrap" href={to('audit', [], { object: one.object })} translate={false}>
          {one.object}
        </a>
      ),
  },
  { id: 'result', title: words.columns.result, width: 150, cell: (one) => <Outcome entry={one} /> },
  { id: 'address', title: words.columns.address, width: 118, spare: 3, cell: (one) => (one.address === undefined ? undefined : <span class="mono wrap" translate={false}>{one.address}</span>) },
  { id: 'changes', title: words.columns.changes, cell: (one) => (one.changes === undefined || one.changes.length === 0 ? undefined : <Changes entry={one} changes={one.changes} />) },
];

function Outcome({ entry }: { readonly entry: AuditEntry }) {
  const known = RESULTS[entry.result as Result] ?? { tone: 'plain', icon: 'info' };
  return (
    <span class="outcome-of wrap">
      <Pill {...known}>{words.results[entry.result as Result] ?? entry.result}</Pill>
      {entry.reason !== undefined && <span class="muted label">{entry.reason}</span>}
    </span>
  );
}

interface ChangesProps {
  readonly entry: AuditEntry;
  readonly changes: readonly AuditEntryField[];
}

/** Which fields; their values only where they are no secret, and that the server decides. */
function Changes({ entry, changes }: ChangesProps) {
  return (
    <details class="fields" aria-label={words.fieldsOf(`${entry.actor ?? ''} ${entry.object ?? ''}`)}>
      <summary>{words.fields(changes.length)}</summary>
      <ul>
        {changes.map((one) => (
          <li key={one.field} class="wrap">
            <code translate={false}>{one.field}</code>{' '}
            {one.changed === true ? (
              <span class="muted">{words.changed}</span>
            ) : (
              <span translate={false}>
                <del>{told(one.from)}</del> <span aria-hidden="true">→</span> <ins>{told(one.to)}</ins>
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function told(value: unknown): string {
  return value === undefined || value === null ? words.unset : typeof value === 'string' ? value : JSON.stringify(value);
}
