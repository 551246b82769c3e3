// Owns: a page that a mail's link opens, answered by the keyboard alone, on a phone and without scripts. Doesn't own: which
// pages, and by which button: `{base, pages: [{path, submit, only}]}` on standard input.
import { faults, launch, newPage, title, todo } from './lib.mjs';
import { tabTo, tour } from './journeys/keyboard.mjs';

const { base, pages } = await todo();
const browser = await launch();
const found = [];
try {
  for (const entry of pages) {
    const { path, submit, only } = entry;
    const page = await newPage(browser, base, { language: only, width: 390, scripts: false });
    try {
      await page.goto(path);
      await tour(page);
      await tabTo(page, submit);
      await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')]);
      if (await page.locator(submit).count()) throw new Error('it asks again');
      await tour(page);
      found.push(...(await faults(page)).map((fault) => `${title(entry)}: ${fault}`));
    } catch (error) {
      found.push(`${title(entry)}: ${error.message}`);
    }
    await page.context().close();
  }
} finally {
  await browser.close();
}
console.log(`${pages.length} answers, ${found.length} faults`);
if (found.length) {
  console.error(found.join('\n'));
  process.exitCode = 1;
}
