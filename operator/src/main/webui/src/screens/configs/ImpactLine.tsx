import type { Impact } from '../../api/schema';
import { impact as words } from '../../text/en/configs';

/** What a change does to agents, in one sentence; which ones they are, when asked. */
export function ImpactLine({ impact, namespace }: { readonly impact: Impact; readonly namespace: string }) {
  const touched = impact.agents.filter((one) => one.effect !== 'None');
  return (
    <div class="impact-line">
      <span>{sentenceOf(impact, namespace)}</span>
      {touched.length > 0 && (
        <details>
          <summary>{words.which(touched.length)}</summary>
          <ul>
            {touched.map((one) => (
              <li key={one.id} class="wrap">
                <code translate={false}>{one.id}</code> <span class="muted">{words.effects[one.effect]}</span>
              </li>
            ))}
            {impact.truncated && <li class="muted">{words.truncated}</li>}
          </ul>
        </details>
      )}
    </div>
  );
}

export function sentenceOf(impact: Impact, namespace: string): string {
  const count = (effect: string) => impact.agents.filter((one) => one.effect === effect).length;
  return words.sentence(impact.restarts, impact.hotSwitches, count('NeedsApproval'), count('OnNextRestart'), namespace);
}
