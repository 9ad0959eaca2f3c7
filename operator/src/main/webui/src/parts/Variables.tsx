import type { AgentVariable } from '../api/schema';
import { variables as words } from '../text/en/variables';

/** Variables as names and values; what comes from a key is never there to be shown. */
export function Variables({ env, label }: { readonly env: readonly AgentVariable[]; readonly label: string }) {
  return (
    <dl class="variables" aria-label={label}>
      {env.map((one) => (
        <div key={one.name}>
          <dt translate={false}>{one.name}</dt>
          <dd class="wrap">{one.secret ? <span class="muted">{words.secret}</span> : <span translate={false}>{one.value}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
