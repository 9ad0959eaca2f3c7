import type { Key } from '../../api/schema';
import { DeleteKey } from './DeleteKey';
import { EditKey } from './EditKey';
import { ReplaceKey } from './ReplaceKey';
import { SuspendKey } from './SuspendKey';

/** What one does with a key, each in a dialog of its own. */
export type KeyTask = 'replace' | 'edit' | 'suspend' | 'delete';

export interface TaskProps {
  readonly task: KeyTask;
  readonly row: Key;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function Task({ task, row, onClose, onDeleted }: TaskProps) {
  switch (task) {
    case 'replace':
      return <ReplaceKey row={row} onClose={onClose} />;
    case 'edit':
      return <EditKey row={row} onClose={onClose} />;
    case 'suspend':
      return <SuspendKey row={row} onClose={onClose} />;
    case 'delete':
      return <DeleteKey row={row} onClose={onClose} {...(onDeleted === undefined ? {} : { onDeleted })} />;
  }
}
