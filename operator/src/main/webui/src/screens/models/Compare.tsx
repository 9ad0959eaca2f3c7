import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../../parts/Dialog';
import { detailed, labelOf, nameOf, type Offer } from '../../state/choices';
import { NAMES } from '../../state/parameters';
import { format, parameters } from '../../text/en';
import { models as words } from '../../text/en/models';
import { priceOf } from './columns';
import { rangeOf } from './Facts';

/** Two or three models, one beside the other. */
export function Compare({ offers, onClose }: { readonly offers: readonly Offer[]; readonly onClose: () => void }) {
  const [details, setDetails] = useState<readonly (Offer | undefined)[] | undefined>(undefined);
  useEffect(() => {
    let left = false;
    void Promise.all(offers.map((one) => detailed(one))).then((all) => {
      if (!left) {
        setDetails(all);
      }
    });
    return () => {
      left = true;
    };
  }, []);
  const amount = (value: number | undefined): string => (value === undefined ? '–' : format.tokens(value));
  const rows: readonly (readonly [string, (offer: Offer, at: number) => ComponentChildren])[] = [
    [words.filter.provider, (one) => one.provider ?? '–'],
    [words.drawer.id, (one) => <code translate={false}>{one.model}</code>],
    [words.drawer.key, (one) => nameOf(one.apiKeyId ?? one.id)],
    [words.columns.context, (one) => amount(one.contextTokens)],
    [words.columns.output, (one) => amount(one.maxOutputTokens)],
    [words.columns.price, (one) => priceOf(one) ?? '–'],
    [words.columns.badges, (one) => one.capabilities.map((can) => words.capabilities[can] ?? can).join(', ') || '–'],
    [words.columns.retires, (one) => (one.retiresOn === undefined ? '–' : format.day(one.retiresOn))],
    ...NAMES.map(
      (name) =>
        [
          parameters.names[name],
          (_: Offer, at: number) => {
            if (details === undefined) {
              return '…';
            }
            const support = details[at]?.parameters?.[name];
            return support === undefined ? '–' : support.supported ? rangeOf(support) || words.yes : words.no;
          },
        ] as const,
    ),
  ];
  return (
    <Dialog title={words.compareTitle} onClose={onClose} wide>
      <div class="plain-table compare" tabIndex={0} role="group" aria-label={words.compareTitle}>
        <table>
          <thead>
            <tr>
              <td />
              {offers.map((one) => (
                <th key={one.id} scope="col" class="wrap" dir="auto">
                  {labelOf(one)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([title, cell]) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                {offers.map((one, at) => (
                  <td key={one.id} class="wrap">
                    {cell(one, at)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
