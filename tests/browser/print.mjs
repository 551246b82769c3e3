// Owns: whether a page printed shows what it folds on the screen. Doesn't own: how it looks on paper.
import { LANGUAGES, launch, newPage, open, todo } from './lib.mjs';

const { base, pages } = await todo();
const browser = await launch();
const faults = [];
/** How many px of each folded clause show beside its heading. */
const shown = (page) => page.locator('details.clause-fold:not([open])').evaluateAll((folds) => folds.map((fold) => {
  const height = (element) => element.getBoundingClientRect().height;
  return Math.round(height(fold) - height(fold.querySelector('summary')));
}));
try {
  for (const language of LANGUAGES) {
    const page = await newPage(browser, base, { language });
    for (const entry of pages) {
      await open(page, entry);
      const folded = await shown(page);
      if (folded.length === 0) faults.push(`${entry.path} in ${language} folds nothing`);
      // On the screen they show nothing: the measure can tell.
      if (folded.some((height) => height > 10)) faults.push(`${entry.path} in ${language}: a folded clause shows on the screen`);
      await page.emulateMedia({ media: 'print' });
      const printed = await shown(page);
      const missing = printed.filter((height) => height < 20).length;
      if (missing) faults.push(`${entry.path} in ${language}: ${missing} of ${printed.length} folded clauses aren’t printed`);
      await page.emulateMedia({ media: 'screen' });
    }
  }
} finally {
  await browser.close();
}
if (faults.length) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
