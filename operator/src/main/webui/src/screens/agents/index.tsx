import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { shell, states } from '../../text/en';

export default function Agents() {
  return (
    <Screen title={shell.screens.agents}>
      <EmptyState>{states.notYet}</EmptyState>
    </Screen>
  );
}
