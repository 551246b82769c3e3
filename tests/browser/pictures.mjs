// Owns: the documents' pictures of a demo that runs, light: `node pictures.mjs FOLDER < demo.json`, where demo.json is
// what `vivier demo --json` prints once it serves. `cargo xtask pages` does both.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, newPage, todo } from './lib.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('node pictures.mjs FOLDER < demo.json');
mkdirSync(folder, { recursive: true });
const { sites } = await todo();
const { url, users } = sites.find(({ name }) => name === 'careers');
const browser = await launch();

/** A page, and what takes its picture. */
async function camera(options) {
  const page = await newPage(browser, url, options);
  const take = (name) => page.screenshot({ path: join(folder, `${name}.png`), caret: 'initial' });
  return { page, take };
}

/** What the public sees on a phone, in French. */
async function candidate() {
  const { page, take } = await camera({ language: 'fr', width: 390 });
  await page.goto('/jobs');
  await page.locator('main a[href^="/jobs/"]').first().click();
  await page.locator('a[href^="/jobs/"][href$="/apply"]:visible').first().waitFor();
  await take('job');
  await page.locator('a[href^="/jobs/"][href$="/apply"]:visible').first().click();
  await page.locator('form [name=email]').waitFor();
  await take('apply');
  // The demo keeps its mails to be looked at; any mail's link opens its person's area.
  const home = new URL(url);
  const mails = await newPage(browser, `http://localhost:${home.port}`, { language: 'fr' });
  await mails.goto('/mails');
  const letter = await mails.locator('.prose').filter({ hasText: `${home.host}/follow/` }).first().innerText();
  await page.goto(/https?:\S+\/follow\/[\w-]+/.exec(letter)[0]);
  await page.waitForURL(/\/me/);
  await take('area');
  await page.goto('/me/data');
  await take('kept');
}

/** What a recruiter and the data protection officer see at the desk, in English. */
async function desk() {
  const { page, take } = await camera({ language: 'en' });
  const become = (wanted) => page.goto(users.find(({ role }) => role === wanted).sign_in_url);
  await page.goto('/jobs');
  await take('jobs');
  await become('recruiter');
  await page.goto('/desk/applications?stage=interview');
  await page.locator('a[data-row]').first().click();
  await page.locator('.panel .frame').waitFor();
  await page.mouse.move(0, 0);
  // The CV's own viewer says nothing when it has drawn.
  await page.waitForTimeout(3000);
  await take('desk');
  await become('dpo');
  await page.goto('/desk/register');
  await take('register');
  await page.goto('/privacy');
  await take('policy');
}

try {
  await candidate();
  await desk();
} finally {
  await browser.close();
}
