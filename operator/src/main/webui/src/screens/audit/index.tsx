import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { shell, states } from '../../text/en';

export default function Audit() {
  return (
    <Screen title={shell.screens.audit}>
      <EmptyState>{states.notYet}</EmptyState>
    </Screen>
  );
}
