// Owns: Debian's Chromium, and pages opened in it as somebody. Doesn't own: what is looked for on them.
import { chromium } from 'playwright-core';

/** Every way in which a page is looked at. */
export const LANGUAGES = ['fr', 'en'];
export const SCHEMES = ['light', 'dark'];
export const WIDTHS = [390, 1440];
const HEIGHTS = { 390: 844, 1440: 900 };

/** Starts Chromium; the flags keep it from calling home. */
export function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

/**
 * A page in a context of its own. `page.troubles` lists what went wrong on it: errors of scripts and of the
 * console (a breach of the CSP among them), and requests to any other origin, which are refused.
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
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // A refused form answers 422, which Chromium reports as if the page were broken.
    const expected = /status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !expected) troubles.push(`console: ${message.text()}`);
  });
  await context.route(
    (url) => url.protocol.startsWith('http') && url.origin !== new URL(base).origin,
    (route) => {
      troubles.push(`request elsewhere: ${route.request().url()}`);
      return route.abort();
    },
  );
  return page;
}

/** Brings somebody's session along. */
const become = (context, base, cookies = []) => context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: base })));

/** Opens what a page of the list says; throws when the server failed. */
export async function open(page, { path, fill = [], submit }) {
  const answer = await page.goto(path, { waitUntil: 'load' });
  if (answer.status() >= 500) throw new Error(`${path}: ${answer.status()}`);
  for (const [name, value] of fill) await page.locator(`main [name="${name}"]`).fill(value);
  if (submit) {
    const press = page.locator(submit).evaluate((form) => {
      form.noValidate = true;
      (form.querySelector('button[type=submit], button:not([type]), input[type=submit]') ?? form).click?.();
    });
    await Promise.all([page.waitForNavigation({ waitUntil: 'load', timeout: 60_000 }), press]);
  }
}

/** Changes what can be changed without loading the page again. */
export async function look(page, { scheme, width }) {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: HEIGHTS[width] ?? 900 });
}

/** The list on standard input: `{base, pages: [{path, role?, cookies?, only?, fill?, submit?}]}`. */
export async function todo() {
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  return JSON.parse(text);
}

/** Looks at each page in each language, width and scheme: `see(page, entry, {language, width, scheme})`. */
export async function eachLook({ base, pages }, see) {
  const browser = await launch();
  try {
    for (const language of LANGUAGES) {
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
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
}

/** How a report calls a page. */
export const title = ({ path, role, fill = [], submit }) => [path, role && `as ${role}`, submit && `after ${submit}`, fill.length > 0 && 'filled'].filter(Boolean).join(' ');
