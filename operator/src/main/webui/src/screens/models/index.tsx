import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { shell, states } from '../../text/en';

export default function Models() {
  return (
    <Screen title={shell.screens.models}>
      <EmptyState>{states.notYet}</EmptyState>
    </Screen>
  );
}
