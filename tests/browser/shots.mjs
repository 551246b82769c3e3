// Owns: a picture of each page in each language, width and scheme: `node shots.mjs FOLDER < list`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eachLook, title, todo } from './lib.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('node shots.mjs FOLDER < list');
mkdirSync(folder, { recursive: true });
const named = (entry) => title(entry).replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home';

await eachLook(await todo(), async (page, entry, { language, width, scheme }) => {
  const file = join(folder, `${named(entry)}-${language}-${width}-${scheme}.png`);
  await page.screenshot({ path: file, fullPage: true });
  console.log(file);
});
