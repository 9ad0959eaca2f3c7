import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { shell, states } from '../../text/en';

export default function Settings() {
  return (
    <Screen title={shell.screens.settings}>
      <EmptyState>{states.notYet}</EmptyState>
    </Screen>
  );
}
