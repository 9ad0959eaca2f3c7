// Finishes what vite has built: weighs it, packs it, and lists it for the server, which can list no folder of a jar.
//   node scripts/pack.mjs FOLDER
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1000;
const LIMITS = { script: 60 * KB, style: 12 * KB, later: 30 * KB };

/** Any screen can be the first thing that somebody opens, and a link opens a key or a model on it. */
const FIRST = /^src\/screens\/\w+\/(index|Details|ModelDrawer)\.tsx$/;

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node scripts/pack.mjs FOLDER');
  process.exit(2);
}
const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'));
rmSync(join(folder, '.vite'), { recursive: true });

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split('\\').join('/'))
  .filter((file) => !file.endsWith('.gz') && file !== 'files.txt')
  .sort();

const packed = new Map(files.map((file) => [file, gzipSync(readFileSync(join(folder, file)), { level: 9 })]));
const weight = (some) => [...some].reduce((sum, file) => sum + (packed.get(file)?.length ?? 0), 0);

/** A chunk, and all that is loaded with it. */
function loaded(name, seen = new Set()) {
  const chunk = manifest[name];
  if (!seen.has(name) && chunk) {
    seen.add(name);
    (chunk.imports ?? []).forEach((one) => loaded(one, seen));
  }
  return seen;
}

function filesOf(names, kind) {
  const chunks = [...names].map((name) => manifest[name]);
  return new Set(chunks.flatMap((chunk) => [chunk.file, ...(chunk.css ?? [])]).filter((file) => file.endsWith(kind)));
}

/** What is there already when a part is asked for, for each that asks for it. */
function askedBy(name) {
  const asking = Object.keys(manifest).filter((one) => manifest[one].dynamicImports?.includes(name));
  return asking.map((one) => new Set([...firstScript, ...filesOf(loaded(one), '.js')]));
}

const entries = Object.keys(manifest).filter((name) => manifest[name].isEntry);
const first = new Set(entries.flatMap((name) => [...loaded(name)]));
// What the page itself names counts, too: a script before the first paint is in no chunk.
const html = readFileSync(join(folder, 'index.html'), 'utf8');
const named = files.filter((file) => html.includes(`"./${file}"`));
const firstScript = new Set([...filesOf(first, '.js'), ...named.filter((file) => file.endsWith('.js'))]);
const firstStyle = new Set([...filesOf(first, '.css'), ...named.filter((file) => file.endsWith('.css'))]);

const weighed = [
  ['the script that every screen needs', weight(firstScript), LIMITS.script],
  ['the style that every screen needs', weight(firstStyle), LIMITS.style],
];
for (const name of Object.keys(manifest).filter((one) => manifest[one].isDynamicEntry)) {
  const script = filesOf(loaded(name), '.js');
  if (FIRST.test(name)) {
    const style = filesOf(loaded(name), '.css');
    weighed.push([`the script of a first load at ${name}`, weight(new Set([...firstScript, ...script])), LIMITS.script]);
    weighed.push([`the style of a first load at ${name}`, weight(new Set([...firstStyle, ...style])), LIMITS.style]);
  } else {
    weighed.push([`what is loaded later for ${name}`, Math.max(...askedBy(name).map((there) => weight([...script].filter((file) => !there.has(file))))), LIMITS.later]);
  }
}
// Words of DOMPurify and marked that no minifier takes away.
const parser = [...firstScript].filter((file) => /data-tt-policy-suffix|markedjs\/marked/.test(readFileSync(join(folder, file), 'utf8')));

for (const limit of Object.values(LIMITS)) {
  const heaviest = weighed.filter((one) => one[2] === limit).sort((one, other) => other[1] - one[1])[0];
  if (heaviest) {
    console.log(`${(heaviest[1] / KB).toFixed(1)} kB of ${limit / KB} kB with gzip: ${heaviest[0]}`);
  }
}
const heavy = weighed.filter(([, bytes, limit]) => bytes > limit);
for (const [what, bytes, limit] of heavy) {
  console.error(`${what} is ${(bytes / KB).toFixed(1)} kB with gzip and may be ${limit / KB} kB: load a part of it later, or take it out.`);
}
if (parser.length > 0) {
  console.error(`${parser.join(', ')}: the Markdown parser is part of the first load, and belongs to the first answer that needs it.`);
}
if (heavy.length > 0 || parser.length > 0) {
  process.exit(1);
}

const list = [...files];
for (const [file, bytes] of packed) {
  // The page itself is completed by the server, and what does not shrink is sent as it is.
  if (file !== 'index.html' && bytes.length < readFileSync(join(folder, file)).length * 0.9) {
    writeFileSync(join(folder, `${file}.gz`), bytes);
    list.push(`${file}.gz`);
  }
}
writeFileSync(join(folder, 'files.txt'), list.sort().join('\n') + '\n');
