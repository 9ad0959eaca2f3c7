import type { ComponentChildren } from 'preact';
import { Component } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { table } from '../text/en';
import { Icon } from './Icon';
import { useRoom, useWindow, type Slice } from './window';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** Undefined when there is nothing to say: a dash in a row, and no line at all on a card. */
  readonly cell: (item: T) => ComponentChildren;
  /** Sortable by this; numbers and texts are compared as what they are, undefined comes last. */
  readonly sort?: (item: T) => string | number | undefined;
  /** The row's name; the first such column. */
  readonly head?: boolean;
  readonly end?: boolean;
  /** In px; the columns without one share what is left. */
  readonly width?: number;
  /** Left out where there is no room for all, the highest first; cards have room for all. */
  readonly spare?: 1 | 2 | 3;
  /** Said and not shown, for a column of buttons. */
  readonly hideTitle?: boolean;
}

export interface TableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly items: readonly T[];
  readonly idOf: (item: T) => string;
  /** A click on a row, beside what can be clicked in it; the head column has a link for everybody else. */
  readonly onOpen?: (item: T) => void;
  readonly selected?: string | undefined;
  /** Rows stand in groups, in the order in which the groups first occur. */
  readonly groupOf?: (item: T) => string;
  readonly groupHead?: (group: string, items: readonly T[]) => ComponentChildren;
  readonly sortedBy?: string;
}

type Entry<T> = { readonly group: string; readonly items: readonly T[] } | { readonly item: T; readonly at: number };

/** A table of any length: only the rows in sight are drawn. Where there is no room for its columns each row is a card. */
export function Table<T>(props: TableProps<T>) {
  const { label, items, idOf, onOpen, selected, groupOf, groupHead } = props;
  const [order, setOrder] = useState<{ readonly by: string | undefined; readonly down: boolean }>({
    by: props.sortedBy,
    down: false,
  });
  const sorted = useMemo(() => sort(items, props.columns, order), [items, props.columns, order]);
  const entries = useMemo(() => grouped(sorted, groupOf), [sorted, groupOf]);
  const body = useRef<HTMLTableSectionElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const fitting = columnsFor(props.columns, room);
  const columns = useMemo(() => fitting ?? props.columns, [props.columns, fitting?.length]);
  const slice = useWindow(body, entries.length);

  return (
    <div ref={frame} class={`table-frame ${fitting === undefined ? 'cards' : 'surface'}`}>
      {/* The roles are said, since cards take the display of a table away, and with it what browsers tell of it. */}
      <table role="table" aria-label={label} aria-rowcount={entries.length + 1}>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            {columns.map((column) => (
              <Heading
                key={column.id}
                column={column}
                sorted={order.by === column.id ? (order.down ? 'descending' : 'ascending') : undefined}
                onSort={() => setOrder({ by: column.id, down: order.by === column.id && !order.down })}
              />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" ref={body}>
          <Rows
            entries={entries}
            slice={slice}
            columns={columns}
            idOf={idOf}
            onOpen={onOpen}
            selected={selected}
            groupHead={groupHead}
          />
        </tbody>
      </table>
      {items.length === 0 && <p class="table-none muted">{table.none}</p>}
    </div>
  );
}

interface HeadingProps<T> {
  readonly column: Column<T>;
  readonly sorted: 'ascending' | 'descending' | undefined;
  readonly onSort: () => void;
}

function Heading<T>({ column, sorted, onSort }: HeadingProps<T>) {
  return (
    <th
      role="columnheader"
      scope="col"
      class={classOf(column)}
      aria-sort={sorted}
      style={column.width === undefined ? undefined : { width: `${column.width}px` }}
    >
      {column.sort === undefined ? (
        <span class={column.hideTitle ? 'spoken' : ''}>{column.title}</span>
      ) : (
        <button type="button" class="sorter" onClick={onSort} title={table.sortBy(column.title)}>
          {column.title}
          <span class={`sign${sorted === undefined ? '' : ' on'}${sorted === 'descending' ? ' down' : ''}`}>
            <Icon name="down" size={12} />
          </span>
        </button>
      )}
    </th>
  );
}

interface RowsProps<T> extends Pick<TableProps<T>, 'columns' | 'idOf' | 'onOpen' | 'selected' | 'groupHead'> {
  readonly entries: readonly Entry<T>[];
  readonly slice: Slice;
}

function Rows<T>({ entries, slice, columns, idOf, onOpen, selected, groupHead }: RowsProps<T>) {
  const { from, to, before, after } = slice;
  const drawn = entries.slice(from, to);
  // The heading of the group that one is in stays, though its own place is far above.
  const first = drawn[0];
  const above = first !== undefined && 'item' in first ? headingBefore(entries, from) : undefined;
  return (
    <>
      {before > 0 && <Space height={before} columns={columns.length} />}
      {above !== undefined && <GroupRow entry={above} columns={columns.length} head={groupHead} index={from} />}
      {drawn.map((entry, index) =>
        'item' in entry ? (
          <Row
            key={idOf(entry.item)}
            id={idOf(entry.item)}
            item={entry.item}
            columns={columns}
            index={from + index + 2}
            selected={selected === idOf(entry.item)}
            onOpen={onOpen}
          />
        ) : (
          <GroupRow key={`group ${entry.group}`} entry={entry} columns={columns.length} head={groupHead} index={from + index + 2} />
        ),
      )}
      {after > 0 && <Space height={after} columns={columns.length} />}
    </>
  );
}

function Space({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr class="space" aria-hidden="true">
      <td colSpan={columns} style={{ height: `${height}px` }} />
    </tr>
  );
}

interface GroupRowProps<T> {
  readonly entry: { readonly group: string; readonly items: readonly T[] };
  readonly columns: number;
  readonly head: TableProps<T>['groupHead'];
  readonly index: number;
}

function GroupRow<T>({ entry, columns, head, index }: GroupRowProps<T>) {
  return (
    <tr role="row" class="group" aria-rowindex={index}>
      <th role="rowheader" scope="rowgroup" colSpan={columns}>
        {head?.(entry.group, entry.items) ?? entry.group}
      </th>
    </tr>
  );
}

interface RowProps<T> {
  readonly id: string;
  readonly item: T;
  readonly columns: readonly Column<T>[];
  readonly index: number;
  readonly selected: boolean;
  readonly onOpen: ((item: T) => void) | undefined;
}

/** Drawn again only when its own item is another one: a storm of changes redraws what changed. */
class Row<T> extends Component<RowProps<T>> {
  override shouldComponentUpdate(next: RowProps<T>): boolean {
    const now = this.props;
    return (
      next.item !== now.item || next.index !== now.index || next.selected !== now.selected || next.columns !== now.columns
    );
  }

  override render({ item, columns, index, selected, onOpen }: RowProps<T>) {
    return (
      <tr
        role="row"
        data-id={this.props.id}
        aria-rowindex={index}
        aria-current={selected ? 'true' : undefined}
        class={onOpen === undefined ? '' : 'openable'}
        onClick={(event) => {
          if (!interactive(event.target as Element) && getSelection()?.isCollapsed !== false) {
            this.props.onOpen?.(item);
          }
        }}
      >
        {columns.map((column) => {
          const content = column.cell(item);
          const inside = (
            <>
              {!column.hideTitle && (
                <span class="cell-title" aria-hidden="true">
                  {column.title}
                </span>
              )}
              <div class="cell">{content ?? <span class="muted">–</span>}</div>
            </>
          );
          return column.head ? (
            <th key={column.id} role="rowheader" scope="row">
              {inside}
            </th>
          ) : (
            <td
              key={column.id}
              role="cell"
              class={`${classOf(column)}${content === undefined ? ' none' : ''}${column.hideTitle ? ' corner' : ''}`}
            >
              {inside}
            </td>
          );
        })}
      </tr>
    );
  }
}

function classOf<T>(column: Column<T>): string {
  return column.end ? 'end' : '';
}

const LEAST = { head: 150, other: 120 };

/** Those that fit side by side into so many px; undefined where not even those fit that cannot be spared. */
export function columnsFor<T>(columns: readonly Column<T>[], room: number): readonly Column<T>[] | undefined {
  for (const most of [3, 2, 1, 0]) {
    const some = columns.filter((one) => (one.spare ?? 0) <= most);
    const least = some.reduce((sum, { width, head }) => sum + (width ?? (head ? LEAST.head : LEAST.other)), 0);
    if (least <= room) {
      return some;
    }
  }
  return undefined;
}

function interactive(target: Element): boolean {
  return target.closest('a, button, input, select, label, [role^=menu], [popover]') !== null;
}

export function sort<T>(
  items: readonly T[],
  columns: readonly Column<T>[],
  order: { readonly by: string | undefined; readonly down: boolean },
): readonly T[] {
  const key = columns.find((one) => one.id === order.by)?.sort;
  if (key === undefined) {
    return items;
  }
  const sign = order.down ? -1 : 1;
  return items
    .map((item) => ({ item, by: key(item) }))
    .sort((a, b) => {
      if (a.by === undefined || b.by === undefined) {
        return Number(a.by === undefined) - Number(b.by === undefined);
      }
      return sign * (typeof a.by === 'number' && typeof b.by === 'number' ? a.by - b.by : names.compare(String(a.by), String(b.by)));
    })
    .map((one) => one.item);
}

/** `key-10` after `key-9`. */
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function grouped<T>(items: readonly T[], groupOf: ((item: T) => string) | undefined): readonly Entry<T>[] {
  if (groupOf === undefined) {
    return items.map((item, at) => ({ item, at }));
  }
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = groupOf(item);
    const group = groups.get(name);
    if (group === undefined) {
      groups.set(name, [item]);
    } else {
      group.push(item);
    }
  }
  return [...groups].flatMap(([group, of]): Entry<T>[] => [{ group, items: of }, ...of.map((item, at) => ({ item, at }))]);
}

function headingBefore<T>(entries: readonly Entry<T>[], from: number) {
  for (let at = from; at >= 0; at--) {
    const entry = entries[at];
    if (entry !== undefined && 'group' in entry) {
      return entry;
    }
  }
  return undefined;
}
