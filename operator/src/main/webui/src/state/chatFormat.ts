const NUMBERS = new Intl.NumberFormat('en');

/** 412 ms, 3.4 s, 2 min 5 s. */
export function duration(ms: number): string {
  if (ms < 999.5) {
    return `${Math.max(0, Math.round(ms))} ms`;
  }
  if (ms < 59_950) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function count(value: number): string {
  return NUMBERS.format(value);
}

/** As makers write sizes of contexts: 8k, 128k, 1.05M. */
export function tokens(value: number): string {
  if (value < 1000) {
    return String(value);
  }
  if (value < 999_500) {
    return `${short(value / 1000)}k`;
  }
  return `${short(value / 1_000_000)}M`;
}

/** Three digits at most, and no zero at the end. */
function short(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

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

/** A price as it came, without the zeros that say nothing: 0.25, 15, 2.5. */
export function price(dollars: string): string {
  const value = Number(dollars);
  return Number.isFinite(value) ? `$${String(Number(value.toPrecision(6)))}` : '–';
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
