import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { shell, states } from '../../text/en';

export default function Configs() {
  return (
    <Screen title={shell.screens.configs}>
      <EmptyState>{states.notYet}</EmptyState>
    </Screen>
  );
}
