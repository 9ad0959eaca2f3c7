/** Dollars: cents from a cent up, else two digits that mean something. */
export function cost(dollars: string): string {
  const value = Number(dollars);
  if (!Number.isFinite(value) || value < 0) {
    return '–';
  }
  if (value === 0) {
    return '$0';
  }
  if (value < 0.000_001) {
    return '< $0.000001';
  }
  const leading = Math.floor(Math.log10(value));
  const digits = value >= 0.01 ? 2 : 1 - leading;
  return `$${value.toFixed(digits)}`;
}

/** As people count them; scripts without spaces have too few, which is why it is only read aloud. */
export function words(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** Before a provider has counted, four signs are about one token; of other scripts, one sign is about one. */
export function estimatedTokens(text: string): number {
  let ascii = 0;
  let other = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) < 0x250) {
      ascii++;
    } else {
      other++;
    }
  }
  return Math.ceil(ascii / 4 + other / 1.5);
}

/** 0:59, 12:05: how long until a question may be asked again. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
