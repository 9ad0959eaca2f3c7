/**
 * Signs that are not what they look like in a source file: they end a line in some languages, turn the order of what
 * follows, or are not seen at all. They are always written as escapes.
 */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Half of a pair is no character; no file can hold it. */
function whole(text: string): string {
  return text.replace(LONE, '\uFFFD');
}

const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function code(sign: string): number {
  return sign.charCodeAt(0);
}

function four(sign: string): string {
  return `\\u${code(sign).toString(16).padStart(4, '0')}`;
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A string of JSON, which is one of YAML, too. */
export function json(text: string): string {
  const quoted = whole(text).replace(/["\\]/g, (sign) => `\\${sign}`);
  return `"${quoted.replace(UNSEEN, (sign) => SHORT[sign] ?? four(sign))}"`;
}

/** The same signs end a string, and the same escapes are known. */
export const python = json;

export const javascript = json;

/**
 * An escape of Java with a `u` is replaced before the file is read, so one for a line end would end the line: signs
 * below 256 are written in octal, with three digits so that no digit after them belongs to it.
 */
export function java(text: string): string {
  const quoted = whole(text).replace(/["\\]/g, (sign) => `\\${sign}`);
  return `"${quoted.replace(
    UNSEEN,
    (sign) => SHORT[sign] ?? (code(sign) < 256 ? `\\${code(sign).toString(8).padStart(3, '0')}` : four(sign)),
  )}"`;
}

/**
 * One word for a shell. Within single quotes nothing means anything but the quote that ends them; what a terminal
 * might obey or hide is written as an escape, which needs the other form.
 */
export function shell(text: string): string {
  const clean = whole(text).replaceAll('\u0000', '');
  if (clean.replace(/[\n\t]/g, '').search(UNSEEN) < 0) {
    return `'${clean.replaceAll("'", "'\\''")}'`;
  }
  const quoted = clean.replace(/['\\]/g, (sign) => `\\${sign}`);
  return `$'${quoted.replace(
    UNSEEN,
    (sign) => SHORT[sign] ?? (code(sign) < 128 ? `\\x${code(sign).toString(16).padStart(2, '0')}` : four(sign)),
  )}'`;
}
