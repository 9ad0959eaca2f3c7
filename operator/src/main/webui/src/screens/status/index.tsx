import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { shell, states } from '../../text/en';

export default function Status() {
  return (
    <Screen title={shell.screens.status}>
      <EmptyState>{states.notYet}</EmptyState>
    </Screen>
  );
}
