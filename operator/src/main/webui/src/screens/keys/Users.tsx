import type { Agent, Config } from '../../api/schema';
import { to, toObject } from '../../routes';
import { keyDetails } from '../../text/en';

/** Long lists are for their own screens. */
const MOST = 12;

/** What uses a key, with the way there. */
export function Users({ configs, agents }: { readonly configs: readonly Config[]; readonly agents: readonly Agent[] }) {
  if (configs.length === 0 && agents.length === 0) {
    return <p class="muted">{keyDetails.unused}</p>;
  }
  const rest = configs.length + agents.length - MOST * 2;
  return (
    <ul class="plain-list">
      {configs.slice(0, MOST).map((one) => (
        <li key={one.id} class="wrap">
          <a href={toObject('configs', one.id)}>{one.name}</a> <span class="muted">{one.model}</span>
        </li>
      ))}
      {agents.slice(0, MOST).map((one) => (
        <li key={one.id} class="wrap">
          <a href={to('agents', [one.namespace, one.kind, one.name])}>{one.name}</a> <span class="muted">{one.kind}</span>
        </li>
      ))}
      {rest > 0 && <li class="muted">+ {rest}</li>}
    </ul>
  );
}
