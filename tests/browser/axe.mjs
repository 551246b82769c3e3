// Owns: axe-core on each page, in each language, width and scheme; also what lib.mjs calls troubles, and text that
// runs out at the side. Prints each violation once, with the looks it was seen in; exit 1 when there is one.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { eachLook, title, todo } from './lib.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
// In the dark only colours differ: what else there is to find was found in the light.
const rules = (scheme) => (scheme === 'dark' ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } : { type: 'tag', values: tags });
const found = new Map();
let looks = 0;

await eachLook(await todo(), async (page, entry, { language, width, scheme }) => {
  const note = (what) => {
    const key = `${title(entry)}\n  ${what}`;
    found.set(key, [...(found.get(key) ?? []), `${language} ${width} ${scheme}`]);
  };
  // Evaluated through the debugger, so the page's CSP stays as strict as it is.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const { violations } = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false }),
    rules(scheme),
  );
  for (const { id, help, nodes } of violations) {
    for (const node of nodes) note(`${id}: ${help}\n    ${node.html}\n    ${node.failureSummary.replaceAll('\n', '\n    ')}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) note(`the page is ${wide} px wider than the window`);
  for (const trouble of page.troubles.splice(0)) note(trouble);
  looks += 1;
});

for (const [what, seen] of found) console.log(`${what}\n    seen in: ${seen.join(', ')}`);
console.log(`${looks} looks, ${found.size} violations`);
process.exitCode = found.size === 0 ? 0 : 1;
