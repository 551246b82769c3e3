// Owns: axe-core on each page, in each language, width and scheme, the dark one in either language; also what lib.mjs calls troubles, and text that
// runs out at the side. Prints each violation once, with the looks it was seen in; exit 1 when there is one.
import { LANGUAGES, eachLook, faults, title, todo } from './lib.mjs';

const found = new Map();
let looks = 0;

// In the dark only colours differ, and none by the language: the pages take turns.
const wanted = (entry, nth, { language, scheme }) => scheme === 'light' || (entry.only ?? LANGUAGES[nth % 2]) === language;

await eachLook(await todo(), async (page, entry, { language, width, scheme }) => {
  for (const what of await faults(page, scheme)) {
    const key = `${title(entry)}\n  ${what}`;
    found.set(key, [...(found.get(key) ?? []), `${language} ${width} ${scheme}`]);
  }
  looks += 1;
}, wanted);

for (const [what, seen] of found) console.log(`${what}\n    seen in: ${seen.join(', ')}`);
console.log(`${looks} looks, ${found.size} violations`);
process.exitCode = found.size === 0 ? 0 : 1;
