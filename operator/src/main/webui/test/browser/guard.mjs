// Watches a scenario for what is wrong whatever it is about: a console error, a breach of the policy, a request to
// somebody else, a key where no key may be.

/** Where a key belongs into a request, because that is how it is given. */
const TAKES_KEYS = /\/api\/(config\/api-keys|session|import)/;

export class Guard {
  faults = [];
  asked = [];
  #expects;
  #elsewhere;
  #canaries = [];
  #origins = new Set();

  constructor(origin, { expects = [], elsewhere = false }) {
    this.#expects = expects;
    this.#elsewhere = elsewhere;
    this.#origins.add(origin);
  }

  canary(key) {
    this.#canaries.push(key);
    return key;
  }

  /** A second address of ours, or one that the scenario has set up. */
  knows(origin) {
    this.#origins.add(origin);
  }

  async watch(context) {
    await context.exposeBinding('__breach', (_source, what) => {
      this.faults.push(`policy: ${what}`);
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        globalThis.__breach(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
      });
    });
    context.on('console', (line) => {
      // An interface that comes or goes on this machine cuts what is under way; whoever waited for it tells.
      if (line.type() === 'error' && !line.text().includes('net::ERR_NETWORK_CHANGED') && !this.#expected(line.text())) {
        this.faults.push(`console: ${line.text()} (${line.location().url})`);
      }
    });
    context.on('weberror', (error) => this.faults.push(`script: ${error.error().stack}`));
    context.on('response', (answer) => {
      const { pathname, search } = new URL(answer.url());
      if (pathname.includes('/api/')) {
        this.asked.push(`${answer.request().method()} ${pathname}${search} ${answer.status()}`);
      }
    });
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:|^wss?:/.test(url.protocol) && !this.#origins.has(url.origin) && !this.#elsewhere) {
        this.faults.push(`request: ${request.method()} ${request.url()} goes elsewhere`);
      }
    });
  }

  #expected(text) {
    return this.#expects.some((one) =>
      typeof one === 'number' ? text.includes(`responded with a status of ${one} `) : text.includes(one),
    );
  }

  /** At the end, in every page that is still there. */
  async look(context) {
    for (const page of context.pages()) {
      if (page.isClosed() || !page.url().startsWith('http')) {
        continue;
      }
      const seen = await page.evaluate(async () => ({
        url: location.href,
        page: document.documentElement.outerHTML,
        fields: [...document.querySelectorAll('input, textarea')].map((field) => field.value).join('\n'),
        storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
        databases: JSON.stringify((await indexedDB.databases?.()) ?? []),
        caches: JSON.stringify((await globalThis.caches?.keys()) ?? []),
        history: JSON.stringify(history.state),
      })).catch((failure) => ({ failure: String(failure) }));
      for (const [place, text] of Object.entries(seen)) {
        this.#search(place, text);
      }
    }
  }

  /** What went over the wire. */
  read(har) {
    for (const { request, response } of har.log.entries) {
      const { postData, ...head } = request;
      this.#search(`the head of ${request.method} ${request.url}`, JSON.stringify(head));
      const { text = '', encoding } = response.content;
      this.#search(`the answer to ${request.method} ${request.url}`, `${JSON.stringify(response.headers)}${encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text}`);
      if (postData && !TAKES_KEYS.test(new URL(request.url).pathname)) {
        this.#search(`what was sent with ${request.method} ${request.url}`, postData.text ?? '');
      }
    }
  }

  #search(place, text) {
    for (const key of this.#canaries) {
      const forms = [key, encodeURIComponent(key), Buffer.from(key).toString('base64').replaceAll('=', ''), key.slice(-12)];
      if (forms.some((form) => text.includes(form))) {
        this.faults.push(`key: it is in ${place}`);
      }
    }
  }
}
