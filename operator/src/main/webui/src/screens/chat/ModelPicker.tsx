import { useMemo } from 'preact/hooks';
import { Combobox } from '../../parts/Combobox';
import { labelOf, nameOf, namespaceOf, type Offer } from '../../state/choices';
import { namespace } from '../../state/ui';
import { format } from '../../text/en';
import { chat as words } from '../../text/en/chat';

export interface ModelPickerProps {
  readonly label: string;
  readonly offers: readonly Offer[];
  readonly chosen: Offer | undefined;
  /** Named, and not there any more. */
  readonly missing?: string | undefined;
  readonly onChoose: (offer: Offer) => void;
}

/** Any model that can be asked, found by its name, provider or key. */
export function ModelPicker({ label, offers, chosen, missing, onChoose }: ModelPickerProps) {
  const everywhere = namespace.value === '';
  const options = useMemo(
    () =>
      ordered(offers).map((offer) => ({
        value: offer.id,
        label: labelOf(offer),
        group: offer.configured ? words.picker.configured : (offer.provider ?? ''),
        about: about(offer, everywhere),
        words: `${offer.provider ?? ''} ${offer.model}`,
      })),
    [offers, everywhere],
  );
  return (
    <Combobox
      label={label}
      value={chosen?.id}
      options={options}
      placeholder={words.picker.placeholder}
      none={words.picker.none}
      error={missing === undefined ? undefined : words.picker.gone(missing)}
      hint={chosen && facts(chosen)}
      onChange={(id) => {
        const offer = offers.find((one) => one.id === id);
        if (offer !== undefined) {
          onChoose(offer);
        }
      }}
    />
  );
}

/** What is configured comes first, the default at the top; then provider by provider. */
export function ordered(offers: readonly Offer[]): readonly Offer[] {
  return [...offers].sort(
    (a, b) =>
      Number(b.isDefault) - Number(a.isDefault) ||
      Number(b.configured) - Number(a.configured) ||
      NAMES.compare(a.configured ? '' : (a.provider ?? ''), b.configured ? '' : (b.provider ?? '')) ||
      NAMES.compare(a.model, b.model),
  );
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Models of several keys, or of several namespaces, may have one name. */
function about(offer: Offer, everywhere: boolean): string {
  const place = everywhere ? `${namespaceOf(offer.id)} / ${nameOf(offer.id)}` : nameOf(offer.id);
  return [
    offer.isDefault ? words.picker.default : '',
    labelOf(offer) === offer.model ? '' : offer.model,
    place,
    facts(offer),
  ]
    .filter((one) => one !== '')
    .join(' · ');
}

function facts(offer: Offer): string {
  const { contextTokens, price, capabilities } = offer;
  return [
    contextTokens === undefined ? '' : words.picker.context(format.tokens(contextTokens)),
    price?.input === undefined || price.output === undefined
      ? ''
      : words.picker.price(format.price(price.input), format.price(price.output)),
    ...capabilities.map((one) => words.picker.capabilities[one] ?? one),
  ]
    .filter((one) => one !== '')
    .join(' · ');
}
