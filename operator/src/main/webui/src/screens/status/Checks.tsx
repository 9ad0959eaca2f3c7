import type { ComponentChildren } from 'preact';
import type { Status } from '../../api/schema';
import { CodeBlock } from '../../parts/CodeBlock';
import { Pill } from '../../parts/Pill';
import { to } from '../../routes';
import { groupOf } from '../../state/agentGroups';
import { troubled } from '../../state/health';
import { standalone } from '../../state/session';
import { agents, keys } from '../../state/stores';
import { freshness } from '../../state/ui';
import { status as words } from '../../text/en/status';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly sentence: string;
  readonly cure?: ComponentChildren;
}

type Told = keyof typeof words.commands;

/** What the server checks, and what only this page can know. */
export function checksOf(status: Status): readonly Check[] {
  const told = status.checks.map((one) => ({ ...one, ...(!one.ok && { cure: cureOf(one.name) }) }));
  return [...told, stream(), ofKeys(), ofAgents()];
}

function cureOf(name: string): ComponentChildren {
  if (name === 'KeyRing' && standalone.value) {
    return words.cures.KeyRingStandalone;
  }
  const command = words.commands[name as Told] as string | undefined;
  return command === undefined ? undefined : (
    <>
      <p>{words.cures[name as Told]}</p>
      <CodeBlock code={command} label={words.cure} />
    </>
  );
}

function stream(): Check {
  const { link } = freshness.value;
  return { name: 'Stream', ok: link !== 'down', sentence: words.stream[link], ...(link === 'down' && { cure: words.stream.cure }) };
}

function ofKeys(): Check {
  const all = keys.items.value;
  const bad = troubled(all).length;
  const sentence = bad === 0 ? words.keysWell(all.length) : words.keysBad(bad, all.length);
  return { name: 'Keys', ok: bad === 0, sentence, ...(bad > 0 && { cure: <a href={to('keys')}>{words.keysCure}</a> }) };
}

function ofAgents(): Check {
  const all = agents.items.value;
  const bad = all.filter((one) => ['behind', 'failed'].includes(groupOf(one.state)));
  const group = bad.some((one) => groupOf(one.state) === 'failed') ? 'failed' : 'behind';
  const sentence = bad.length === 0 ? words.agentsWell(all.length) : words.agentsBad(bad.length);
  return { name: 'Agents', ok: bad.length === 0, sentence, ...(bad.length > 0 && { cure: <a href={to('agents', [], { group })}>{words.agentsCure}</a> }) };
}

export function Checks({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <section class="surface status-panel" aria-labelledby="status-checks">
      <h2 id="status-checks">{words.checks}</h2>
      <ul class="checks">
        {checks.map((one) => (
          <li key={one.name}>
            <div class="row">
              <strong class="grow">{words.names[one.name] ?? one.name}</strong>
              <Pill tone={one.ok ? 'ok' : 'bad'} icon={one.ok ? 'check' : 'alert'}>
                {one.ok ? words.ok : words.bad}
              </Pill>
            </div>
            <p class="muted wrap">{one.sentence}</p>
            {one.cure !== undefined && <div class="stack tight cure">{one.cure}</div>}
          </li>
        ))}
      </ul>
    </section>
  );
}
