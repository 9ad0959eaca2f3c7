import { useEffect, useState } from 'preact/hooks';
import { client, left } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { ChoiceSupport, OfferedModel } from '../../api/schema';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Skeleton } from '../../parts/Skeleton';
import type { Offer } from '../../state/choices';
import { format, parameters } from '../../text/en';
import { models as words } from '../../text/en/models';

interface Fact {
  readonly value: unknown;
  readonly source?: string;
  readonly asOf?: string;
}

/** Each number with where it comes from: makers, resellers and catalogues do not always agree. */
export function Facts({ offer }: { readonly offer: Offer }) {
  const [facts, setFacts] = useState<Readonly<Record<string, Fact>> | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  useEffect(() => {
    const own = new AbortController();
    factsOf(offer, own.signal).then(setFacts, (thrown: unknown) => {
      if (!left(thrown)) {
        setProblem(toProblem(thrown));
      }
    });
    return () => own.abort();
  }, [offer.id]);
  const known = Object.entries(facts ?? {}).filter(([, fact]) => fact?.value !== undefined);
  return (
    <section aria-label={words.drawer.limits} class="stack tight">
      <h3>{words.drawer.limits}</h3>
      {problem !== undefined && <ProblemBanner problem={problem} />}
      {facts === undefined && problem === undefined && <Skeleton rows={4} />}
      {facts !== undefined && known.length === 0 && <p class="muted">{words.drawer.noFacts}</p>}
      {known.length > 0 && (
        <div class="plain-table" tabIndex={0} role="group" aria-label={words.drawer.limits}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.drawer.fact}</th>
                <th scope="col">{words.drawer.value}</th>
                <th scope="col">{words.drawer.source}</th>
                <th scope="col">{words.drawer.asOf}</th>
              </tr>
            </thead>
            <tbody>
              {known.map(([name, fact]) => (
                <tr key={name}>
                  <th scope="row">{words.facts[name] ?? name}</th>
                  <td class="num wrap">{told(name, fact.value)}</td>
                  <td class="muted wrap">{fact.source ?? '–'}</td>
                  <td class="muted">{fact.asOf ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** From the list of its key; a model that is in no list is looked up in the catalogue. */
async function factsOf(offer: Offer, signal: AbortSignal): Promise<Readonly<Record<string, Fact>>> {
  const same = (one: OfferedModel): boolean => one.model === offer.model;
  const key = offer.apiKeyId;
  if (key !== undefined) {
    const { body } = await client.call('GET /config/api-keys/{id}/models', {
      path: { id: key },
      query: { q: offer.model, limit: 500 },
      signal,
    });
    const found = body.items.find(same);
    if (found !== undefined) {
      return found.facts as unknown as Readonly<Record<string, Fact>>;
    }
  }
  const { body } = await client.call('GET /catalogue/models', { query: { q: offer.model, limit: 500 }, signal });
  const found = body.items.find((one) => same(one) && one.provider === offer.provider);
  return (found?.facts ?? {}) as unknown as Readonly<Record<string, Fact>>;
}

function told(name: string, value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? words.yes : words.no;
  }
  if (name.endsWith('UsdPerMillion')) {
    return format.price(String(value));
  }
  if (typeof value === 'number') {
    return format.number(value);
  }
  if (name === 'retiresOn') {
    return format.day(String(value));
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a model takes, in a few words. */
export function rangeOf(support: ChoiceSupport): string {
  if (support.values !== undefined) {
    return support.values.map((one) => parameters.efforts[one as keyof typeof parameters.efforts] ?? one).join(', ');
  }
  if (support.min === undefined) {
    return '';
  }
  return support.max === undefined
    ? words.drawer.from(format.number(support.min))
    : words.drawer.range(format.number(support.min), format.number(support.max));
}
