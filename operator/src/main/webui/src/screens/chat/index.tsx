import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { shell, states } from '../../text/en';

export default function Chat() {
  return (
    <Screen title={shell.screens.chat}>
      <EmptyState>{states.notYet}</EmptyState>
    </Screen>
  );
}
