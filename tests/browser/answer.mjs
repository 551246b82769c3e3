// Owns: a page that asks something, answered by the keyboard alone, on a phone and without scripts. Doesn't own: which
// pages, as whom, what is typed, and by which button: `{base, pages: [{path, cookies, fill, submit, only}]}` on standard
// input.
import { faults, launch, newPage, title, todo } from './lib.mjs';
import { tabTo, tour } from './journeys/keyboard.mjs';

const { base, pages } = await todo();
const browser = await launch();
const found = [];
try {
  for (const entry of pages) {
    const { path, cookies, fill = [], submit, only } = entry;
    const page = await newPage(browser, base, { language: only, width: 390, scripts: false, cookies });
    try {
      await page.goto(path);
      await tour(page);
      for (const [name, value] of fill) {
        await tabTo(page, `[name="${name}"]`);
        await page.keyboard.type(value);
      }
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
