// Owns: axe-core on each page, in each language, width and scheme; also what lib.mjs calls troubles, text that runs out
// at the side, and a menu that hides where one is. Prints each violation once, with the looks it was seen in; exit 1
// when there is one.
import { eachLook, faults, lost, title, todo } from './lib.mjs';

const found = new Map();
let looks = 0;

await eachLook(await todo(), async (page, entry, { language, width, scheme }) => {
  for (const what of [...(await faults(page, scheme)), ...(await lost(page))]) {
    const key = `${title(entry)}\n  ${what}`;
    found.set(key, [...(found.get(key) ?? []), `${language} ${width} ${scheme}`]);
  }
  looks += 1;
});

for (const [what, seen] of found) console.log(`${what}\n    seen in: ${seen.join(', ')}`);
console.log(`${looks} looks, ${found.size} violations`);
process.exitCode = found.size === 0 ? 0 : 1;
