// Owns: playing stories in one Chromium: `node journey.mjs < {tales: [what each needs]}`. Tales of one `lane` are played
// one after the other, lanes beside each other. A step that fails is named, with the page's address and a picture of
// it, and the other tales go on; exit 1 when one failed. Each page that a tale looks at is shown to axe-core as it
// stands there. Doesn't own: the stories (`journeys/`).
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { admin } from './journeys/admin.mjs';
import { candidate } from './journeys/candidate.mjs';
import { guardian } from './journeys/guardian.mjs';
import { byKeyboard, byTouch } from './journeys/hands.mjs';
import { factor, passkeys } from './journeys/passkeys.mjs';
import { publisher } from './journeys/publisher.mjs';
import { recruiter } from './journeys/recruiter.mjs';
import { onlooker } from './journeys/staff.mjs';
import { words } from './journeys/words.mjs';
import { writer } from './journeys/writer.mjs';
import { faults, launch, newPage, overflow, todo } from './lib.mjs';

const stories = { admin, candidate, factor, guardian, onlooker, passkeys, publisher, recruiter, writer };
const { tales, pictures } = await todo();
const browser = await launch();
const [seen, counts] = [new Set(), { looks: 0, audits: 0, failed: 0 }];

/** Whether `is` holds; else the step fails with `what`. */
const check = (is, what) => {
  if (!is) throw new Error(what);
};

/**
 * Shows the page to axe, unless it stood there before at the same width, the same but for names, numbers and tokens.
 * What depends on those too, text that runs out at the side, is looked at each time.
 */
async function look(page, width) {
  counts.looks += 1;
  const html = await page.evaluate(() => document.documentElement.outerHTML);
  const same = html.replaceAll(/[\w-]{32,}/g, 'token').replaceAll(/vv[a-z]+/g, 'name').replaceAll(/\d+/g, '0');
  const mark = createHash('sha256').update(`${width} ${same}`).digest('base64');
  if (seen.has(mark)) {
    const wide = await overflow(page);
    check(wide <= 0, `the page is ${wide} px wider than the window`);
    return;
  }
  seen.add(mark);
  counts.audits += 1;
  const found = await faults(page);
  check(found.length === 0, found.join('\n'));
}

async function play(tale) {
  const { story, language, width, keyboard = false, scripts = true } = tale;
  const name = [tale.role ?? story, new URL(tale.base).hostname.split('.')[0], language, `${width} px`, keyboard && 'by keyboard', scripts || 'without scripts'];
  const title = name.filter((word) => typeof word === 'string').join(', ');
  const opened = [];
  const windowAt = async (base) => {
    const page = await newPage(browser, base, tale);
    page.setDefaultTimeout(20_000);
    if (keyboard) await noMouse(page);
    opened.push(page);
    return page;
  };
  let [step, taken] = ['the start', 0];
  const begun = performance.now();
  try {
    const page = await windowAt(tale.base);
    const hands = (page) => (keyboard ? byKeyboard(page) : byTouch(page));
    const tell = {
      browser, page, needs: tale, words: words[language], check, hands, windowAt,
      act: hands(page),
      step: (next) => { step = next; },
      look: async (at = page) => {
        taken += 1;
        if (pictures) await at.screenshot({ path: join(pictures, `${title.replaceAll(', ', '-').replaceAll(' ', '-')}-${String(taken).padStart(2, '0')}.png`), fullPage: true });
        await look(at, width);
      },
    };
    await Promise.race([stories[story](tell), tooLong()]);
    for (const { troubles } of opened) check(troubles.length === 0, troubles.join('\n'));
    console.log(`${title}: ${taken} pages, ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  } catch (error) {
    counts.failed += 1;
    const at = opened.at(-1);
    const picture = join(mkdtempSync(join(tmpdir(), 'vivier-journey-')), `${story}.png`);
    await at?.screenshot({ path: picture }).catch(() => {});
    console.log(`FAILED ${title}: ${step}: ${error.message}\n  at ${at?.url()}\n  picture: ${picture}\n${error.stack}`);
  } finally {
    for (const page of opened) await page.context().close();
  }
}

/** No tale may hold up the others. */
const tooLong = () => new Promise((_, reject) => { setTimeout(() => reject(new Error('it takes too long')), 120_000).unref(); });

/** A story told by keyboard moves no pointer: one that does is a trouble. Seen where scripts run. */
async function noMouse(page) {
  await page.exposeFunction('sawPointer', (kind) => page.troubles.push(`a pointer was used: ${kind}`));
  await page.addInitScript(() => {
    for (const kind of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(kind, () => globalThis.sawPointer(kind), true);
  });
}

const begun = performance.now();
try {
  const lanes = [...new Set(tales.map(({ lane }) => lane))];
  await Promise.all(lanes.map(async (lane) => {
    for (const tale of tales.filter((tale) => tale.lane === lane)) await play(tale);
  }));
} finally {
  await browser.close();
}
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
console.log(`${tales.length} tales, ${counts.looks} pages looked at, ${counts.audits} of them different: ${seconds} s, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
