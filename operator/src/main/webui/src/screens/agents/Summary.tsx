import type { Agent } from '../../api/schema';
import { Icon } from '../../parts/Icon';
import { to } from '../../routes';
import { countGroups, type Group, type Sieve } from '../../state/agentGroups';
import { format } from '../../text/en';
import { agents as words } from '../../text/en/agents';
import { GROUPS } from './states';

/** How the fleet is, in four numbers; each shows who they are. */
export function Summary({ agents, sieve }: { readonly agents: readonly Agent[]; readonly sieve: Sieve }) {
  const counts = countGroups(agents);
  const planned = counts.planned > 0;
  const groups: readonly Group[] = planned && counts.planned === agents.length ? ['planned'] : ['upToDate', 'rolling', 'behind', 'failed', ...(planned ? (['planned'] as const) : [])];
  return (
    <ul class="summary" aria-label={words.summary}>
      {groups.map((group) => {
        const chosen = sieve.group === group;
        const rest = Object.entries(sieve).filter(([name, value]) => value !== '' && name !== 'group' && name !== 'state');
        const query = Object.fromEntries(chosen ? rest : [...rest, ['group', group]]);
        const { tone, icon } = GROUPS[group];
        return (
          <li key={group} class={`${counts[group] === 0 ? 'none' : tone}`}>
            <a href={to('agents', [], query)} aria-current={chosen ? 'true' : undefined} title={words.groupAbout[group]}>
              <Icon name={icon} />
              <strong class="num">{format.number(counts[group])}</strong>
              <span>{words.groups[group]}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
