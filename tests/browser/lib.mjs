// Owns: Debian's Chromium, pages opened in it as somebody, and what axe-core finds on one. Doesn't own: which pages.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

/** Every way in which a page is looked at. */
export const LANGUAGES = ['fr', 'en'];
export const SCHEMES = ['light', 'dark'];
export const WIDTHS = [390, 1440];
const HEIGHTS = { 390: 844, 1440: 900 };

/** Starts Chromium; the flags keep it from calling home, and from finding any other machine. */
export function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
    ],
  });
}

/**
 * A page in a context of its own. `page.troubles` lists what went wrong on it: errors of scripts and of the
 * console (a breach of the CSP among them), and requests to any other origin. They are only listened to: holding each
 * up to refuse some takes a fifth of the stories’ time.
 */
export async function newPage(browser, base, { language = 'fr', scheme = 'light', width = 1440, scripts = true, cookies = [] } = {}) {
  const context = await browser.newContext({
    baseURL: base,
    locale: language,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
    viewport: { width, height: HEIGHTS[width] ?? 900 },
  });
  await become(context, base, cookies);
  const page = await context.newPage();
  const troubles = [];
  page.troubles = troubles;
  page.scripts = scripts;
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // A refused form answers 422, which Chromium reports as if the page were broken.
    const expected = /status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !expected) troubles.push(`console: ${message.text()}`);
  });
  const here = new URL(base).origin;
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== here) troubles.push(`request elsewhere: ${request.url()}`);
  });
  return page;
}

/** Brings somebody's session along. */
const become = (context, base, cookies = []) => context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: base })));

/** Opens what a page of the list says; throws when the server failed. */
export async function open(page, { path, fill = [], submit, good = false }) {
  const answer = await page.goto(path, { waitUntil: 'load' });
  if (answer.status() >= 500) throw new Error(`${path}: ${answer.status()}`);
  for (const [name, value] of fill) await page.locator(`main [name="${name}"]`).fill(value);
  if (submit) {
    const press = page.locator(submit).evaluate((form) => {
      form.noValidate = true;
      (form.querySelector('button[type=submit], button:not([type]), input[type=submit]') ?? form).click?.();
    });
    const [answered] = await Promise.all([page.waitForNavigation({ waitUntil: 'load', timeout: 60_000 }), press]);
    // Otherwise the page looked at is another than the one that says what is wrong.
    const told = good ? answered?.status() === 200 : answered?.status() === 422 || (await page.locator('[data-summary]').count()) > 0;
    if (!told) throw new Error(`${path}, sent: ${answered?.status()}, and nothing ${good ? 'answers' : 'says what is wrong'}`);
  }
}

/** Changes what can be changed without loading the page again. */
export async function look(page, { scheme, width }) {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: HEIGHTS[width] ?? 900 });
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
// In the dark only colours differ: what else there is to find was found in the light.
const rules = (scheme) => (scheme === 'dark' ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } : { type: 'tag', values: tags });

/** By how many px the page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What is wrong with a page as it stands: axe-core's violations, text that runs out at the side, its troubles. */
export async function faults(page, scheme = 'light') {
  // Evaluated through the debugger, so the page's CSP stays as strict as it is.
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    // Where scripts are off no timer runs; axe defers its steps by them. The page has nothing that waits for one.
    if (!page.scripts) await page.evaluate(() => { globalThis.setTimeout = (step) => { Promise.resolve().then(step); return 0; }; });
    await page.evaluate(source);
  }
  const { violations } = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false }),
    rules(scheme),
  );
  const found = [];
  for (const { id, help, nodes } of violations) {
    for (const node of nodes) found.push(`${id}: ${help}\n    ${node.html}\n    ${node.failureSummary.replaceAll('\n', '\n    ')}`);
  }
  const wide = await overflow(page);
  if (wide > 0) found.push(`the page is ${wide} px wider than the window`);
  return [...found, ...page.troubles.splice(0)];
}

/** What a menu marks as where one is, and doesn't show; for a page as it came, since going about it moves the menu too. */
export const lost = (page) => page.evaluate(() => [...document.querySelectorAll('nav [aria-current]')]
  .filter((here) => here.checkVisibility())
  .filter((here) => here.getBoundingClientRect().left < 0 || here.getBoundingClientRect().right > innerWidth)
  .map((here) => `where one is in the menu is out of sight: ${here.outerHTML.slice(0, 200)}`));

/** The list on standard input: `{base, pages: [{path, role?, cookies?, only?, fill?, submit?, good?}]}`. */
export async function todo() {
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  return JSON.parse(text);
}

/**
 * Looks at each page in each language, width and scheme: `see(page, entry, {language, width, scheme})`. The languages go
 * beside each other: a Chromium waits for its server half of the time.
 */
export async function eachLook({ base, pages }, see) {
  const browser = await launch();
  const inLanguage = async (language) => {
    // One window for all: opening one takes longer than most pages.
    const page = await newPage(browser, base, { language });
    for (const entry of pages) {
      if (entry.only && entry.only !== language) continue;
      await page.context().clearCookies();
      await become(page.context(), base, entry.cookies);
      await look(page, { scheme: SCHEMES[0], width: WIDTHS[0] });
      await open(page, entry).catch((error) => { throw new Error(`${title(entry)} in ${language}: ${error.message}`); });
      for (const width of WIDTHS) {
        for (const scheme of SCHEMES) {
          await look(page, { scheme, width });
          await see(page, entry, { language, width, scheme });
        }
      }
    }
  };
  try {
    await Promise.all(LANGUAGES.map(inLanguage));
  } finally {
    await browser.close();
  }
}

/** How a report calls a page. */
export const title = ({ path, role, fill = [], submit }) => [path, role && `as ${role}`, submit && `after ${submit}`, fill.length > 0 && 'filled'].filter(Boolean).join(' ');
