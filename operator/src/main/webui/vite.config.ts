import { existsSync, readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

/** The policy that the sidecar sends; the preview sends it, too, so that a breach shows before the jar is built. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';" +
  " form-action 'self'; base-uri 'self'; frame-ancestors 'none'; require-trusted-types-for 'script';" +
  ' trusted-types dompurify';

/**
 * The theme is set before anything is painted. A module would come too late, and the policy forbids a script in the
 * page, so it is a small classic script of its own, with a hash in its name like every other asset.
 */
function themeScript(): Plugin {
  let reference = '';
  let serving = false;
  return {
    name: 'theme-script',
    configResolved(config) {
      serving = config.command === 'serve';
    },
    buildStart() {
      if (!serving) {
        const source = readFileSync(new URL('./src/theme.js', import.meta.url), 'utf8');
        reference = this.emitFile({ type: 'asset', name: 'theme.js', source });
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const built = Object.values(context.bundle ?? {}).find(
          (one) => one.type === 'asset' && one.names.includes('theme.js'),
        );
        const src = reference && built ? `./${built.fileName}` : './src/theme.js';
        return [{ tag: 'script', attrs: { src }, injectTo: 'head-prepend' }];
      },
    },
  };
}

/** Where a sidecar listens while the page is worked on: `SIDECAR=http://127.0.0.1:8080 npm run dev`. */
const sidecar = process.env['SIDECAR'] ?? 'http://127.0.0.1:8080';
const proxy = {
  '/api': {
    target: sidecar,
    // The sidecar refuses writes of another origin, and must not be made to trust this one.
    headers: { origin: sidecar },
    changeOrigin: true,
  },
};

export default defineConfig({
  base: './',
  plugins: [themeScript()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { __STORIES__: JSON.stringify(process.env['STORIES'] === '1' || process.env['NODE_ENV'] !== 'production') },
  // The tests read openapi.json, which lies beside this folder.
  server: { proxy, host: '127.0.0.1', fs: { allow: ['..'] } },
  preview: { proxy, host: '127.0.0.1', headers: { 'Content-Security-Policy': POLICY } },
  build: {
    target: 'es2022',
    // Maven names its own folder; by hand it is the usual one.
    outDir: process.env['WEBUI_OUT'] ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    // Whose code is in the page, by what was packed; their licences want to be passed on with it.
    license: { fileName: 'licenses.json' },
    reportCompressedSize: false,
  },
  test: {
    environment: 'happy-dom',
    // One document for many files: a new one for each takes longer than all the tests together.
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    // On a machine that is busy with a whole build, nothing here is slow by itself.
    testTimeout: 60_000,
    // Otherwise every style sheet is empty, and the contrast of nothing is computed.
    css: { include: [/tokens/] },
    include: ['test/unit/**/*.test.{ts,tsx}'],
    coverage: {
      provider: 'v8',
      include: ['src/api/**/*.ts', 'src/state/**/*.ts'],
      exclude: ['src/api/schema.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: existsSync('../../../target') ? '../../../target/webui-coverage' : 'coverage',
      thresholds: { lines: 85 },
    },
  },
} as Parameters<typeof defineConfig>[0]);
