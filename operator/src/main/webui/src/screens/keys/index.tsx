import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { shell, states } from '../../text/en';

export default function Keys() {
  return (
    <Screen title={shell.screens.keys}>
      <EmptyState>{states.notYet}</EmptyState>
    </Screen>
  );
}
