// Owns: the README's pictures, 1440 × 900, light, English, of a demo that runs:
//   target/release/vivier demo --json > demo.json &     # one line once it serves
//   node tests/browser/pictures.mjs docs/pictures < demo.json
// Fewer colours then make them light (255 are enough for the eye), with Pillow:
//   python3 -c 'import sys; from PIL import Image; [Image.open(f).convert("RGB").quantize(255, dither=0).save(f, optimize=True) for f in sys.argv[1:]]' docs/pictures/*.png
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, newPage, todo } from './lib.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('node pictures.mjs FOLDER < demo.json');
mkdirSync(folder, { recursive: true });
const { sites } = await todo();
const { url, users } = sites.find(({ name }) => name === 'careers');
const browser = await launch();
try {
  const page = await newPage(browser, url, { language: 'en' });
  const take = (name) => page.screenshot({ path: join(folder, `${name}.png`), caret: 'initial' });
  await page.goto('/jobs');
  await take('jobs');
  await page.goto(users.find(({ role }) => role === 'recruiter').sign_in_url);
  await page.goto('/desk/applications?stage=interview');
  await page.locator('a[data-row]').first().click();
  await page.locator('.panel .frame').waitFor();
  await page.mouse.move(0, 0);
  // The CV's own viewer says nothing when it has drawn.
  await page.waitForTimeout(3000);
  await take('desk');
} finally {
  await browser.close();
}
