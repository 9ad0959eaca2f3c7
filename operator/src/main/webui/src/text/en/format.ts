/** Numbers and times as people read them. All take what they need, so that a test can name the hour. */
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const narrow = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const whole = new Intl.NumberFormat('en');

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

export const format = {
  /** "3 minutes ago", "in 2 days"; under a minute the seconds would only flicker, and clocks differ. */
  ago(time: string, now: number, short = false): string {
    const seconds = (Date.parse(time) - now) / 1000;
    if (Number.isNaN(seconds)) {
      return time;
    }
    for (const [unit, size] of UNITS) {
      if (Math.abs(seconds) >= size) {
        return (short ? narrow : relative).format(Math.trunc(seconds / size), unit);
      }
    }
    return short ? 'now' : 'just now';
  },

  /** "42 s", "3 min", "2 h". */
  age(seconds: number): string {
    if (seconds < 60) {
      return `${Math.max(0, Math.floor(seconds))} s`;
    }
    return seconds < 3_600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3_600)} h`;
  },

  time(time: string): string {
    const parsed = Date.parse(time);
    return Number.isNaN(parsed) ? time : exact.format(parsed);
  },

  day(time: string): string {
    const parsed = Date.parse(time);
    return Number.isNaN(parsed) ? time : day.format(parsed);
  },

  /** "412 ms", "1.4 s". */
  duration(ms: number): string {
    return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
  },

  number(value: number): string {
    return whole.format(value);
  },

  /** Limits of models: 400,000 is "400k", 1,048,576 is "1M". */
  tokens(value: number): string {
    if (value < 1_000) {
      return String(value);
    }
    const [size, sign] = value >= 1_000_000 ? [1_000_000, 'M'] : [1_000, 'k'];
    const scaled = value / size;
    return `${scaled >= 100 || Number.isInteger(scaled) ? Math.round(scaled) : Number(scaled.toFixed(1))}${sign}`;
  },

  /** Money is a decimal string; trailing zeros beyond cents say nothing. */
  price(value: string): string {
    const [before = '0', after = ''] = value.split('.');
    const cents = after.replace(/0+$/, '').padEnd(2, '0');
    return `$${before}.${cents}`;
  },

  count(value: number, one: string, many: string): string {
    return `${whole.format(value)} ${value === 1 ? one : many}`;
  },
} as const;
