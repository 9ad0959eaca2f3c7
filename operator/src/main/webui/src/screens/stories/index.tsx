import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { shell, states } from '../../text/en';

export default function Stories() {
  return (
    <Screen title={shell.screens.stories}>
      <EmptyState>{states.notYet}</EmptyState>
    </Screen>
  );
}
