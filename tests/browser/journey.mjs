// Owns: playing one story in Chromium: `node journey.mjs STORY < what-it-needs`. A step that fails is named, with the
// page's address and a picture of it; exit 1. Doesn't own: the stories (`journeys/`).
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { area } from './journeys/area.mjs';
import { candidate } from './journeys/candidate.mjs';
import { passkeys } from './journeys/passkeys.mjs';
import { desk, phone } from './journeys/recruiter.mjs';
import { words } from './journeys/words.mjs';
import { launch, newPage, todo } from './lib.mjs';

const stories = { area, candidate, desk, passkeys, phone };
const [name] = process.argv.slice(2);
const story = stories[name];
if (!story) throw new Error(`node journey.mjs ${Object.keys(stories).join('|')} < what-it-needs`);

const needs = await todo();
const browser = await launch();
const page = await newPage(browser, needs.base, needs);
page.setDefaultTimeout(10_000);
let step = 'the start';

/** Whether `is` holds; else the step fails with `what`. */
const check = (is, what) => {
  if (!is) throw new Error(what);
};

try {
  await story({ browser, page, needs, words: words[needs.language], check, step: (next) => { step = next; } });
  check(page.troubles.length === 0, page.troubles.join('\n'));
  console.log(`${name}: played to the end`);
} catch (error) {
  const picture = join(mkdtempSync(join(tmpdir(), 'vivier-journey-')), `${name}.png`);
  await page.screenshot({ path: picture }).catch(() => {});
  console.log(`${name} (${needs.language}, ${needs.width} px): ${step}: ${error.message}\n  at ${page.url()}\n  picture: ${picture}\n${error.stack}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
