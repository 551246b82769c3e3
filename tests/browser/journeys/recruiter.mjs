// Owns: the story of who recruits: finds an application, reads it, moves it, refuses it and takes that back; the keys of
// the desk where there are both scripts and a keyboard; then an offer.
import { fetched } from './mails.mjs';
import { focused, seen, tour } from './keyboard.mjs';
import { offers } from './publisher.mjs';
import { isTold, signIn, signOut } from './staff.mjs';

/** With three applications of `needs.word`. */
export async function recruiter(story) {
  const { page, act, needs, check, step, look } = story;
  const keys = needs.keyboard && needs.scripts;
  const press = (key) => page.keyboard.press(key);
  await signIn(story);

  step('a search that finds nobody');
  if (keys) {
    await press('/');
    check(await focused(page, '[data-search]'), '/ doesn’t lead to the search');
  }
  await search(act, needs.keyboard, 'nobodyatall');
  check((await page.locator('a[data-row]').count()) === 0, 'somebody is found');
  await look();
  step('the search');
  await search(act, needs.keyboard, needs.word);
  check((await page.locator('a[data-row]').count()) === 3, 'three applications should be found');
  await look();

  step('opening');
  const row = (nth) => page.locator('a[data-row]').nth(nth);
  if (keys) await movesInTheList({ page, check, press, row });
  const name = await row(1).innerText();
  const path = new URL(await row(1).evaluate((link) => link.href)).pathname;
  if (keys) await press('Enter');
  else await act.follow(`a[data-row][href*="${path}"]`);
  await page.locator('.panel [data-heading]').waitFor();
  check((await page.innerText('.panel [data-heading]')) === name, 'another person’s panel opened');
  check(new URL(page.url()).pathname === path && page.url().includes(`q=${needs.word}`), `the address is ${page.url()}`);
  if (keys) check(await focused(page, '.panel [data-heading]'), 'the panel’s heading has no focus');
  const { top } = await page.locator('.panel [data-heading]').evaluate((heading) => heading.getBoundingClientRect());
  check(top < 500, `the person’s name is ${Math.round(top)} px down the window`);
  await look();
  const cookies = await page.context().cookies();
  const cv = await fetched(needs.base, await page.locator('.panel .file a').first().getAttribute('href'), cookies);
  check(cv.status === 200 && cv.type.startsWith('application/pdf'), `the CV answers ${cv.status}`);

  step('the stage');
  if (keys) {
    await press('s');
    check(await focused(page, '[data-stage]'), 'S doesn’t lead to the stage');
    await seen(page);
  }
  await act.choose('#stage', 'interview');
  const stage = (await page.locator('#stage option[value=interview]').innerText()).trim();
  await act.send('form[action*="/stage"] button');
  check((await page.innerText('.panel-head')).includes(stage), `it isn’t at “${stage}”`);
  await look();

  if (keys) {
    step('closing by the keyboard, and the help');
    await press('Escape');
    await page.locator('.panel').waitFor({ state: 'detached' });
    check(await focused(page, `a[data-row][href*="${path}"]`), 'the row has lost its place');
    await press('?');
    await page.locator('#keys[open]').waitFor();
    await seen(page);
    await look();
    await press('Escape');
    await page.locator('#keys[open]').waitFor({ state: 'detached' });
    check(await focused(page, `a[data-row][href*="${path}"]`), 'the help took the focus along');
    await press('Enter');
    await page.locator('.panel [data-heading]').waitFor();
  }

  step('refusing');
  await refuses(story);
  check((await page.locator('.panel form[action*="/undo"]').count()) === 1, 'it can’t be taken back');
  await look();
  step('taking it back');
  await act.send('.panel form[action*="/undo"] button');
  check((await page.locator('form[action*="/undo"]').count()) === 0, 'it is still refused');
  check((await page.innerText('.panel-head')).includes(stage), `it isn’t back at “${stage}”`);
  await look();
  step('refusing again, and taking it back from the list');
  await refuses(story);
  await act.open('a[data-close]');
  await page.waitForURL((url) => url.pathname === '/desk/applications');
  await act.send(`tr form[action*="${path}/undo"] button`);
  check(page.url().includes(`q=${needs.word}`), `the search is gone from ${page.url()}`);
  check((await page.locator('a[data-row]').count()) === 3, 'the list isn’t the one it was');
  check((await page.innerText('.panel-head')).includes(stage), `it isn’t back at “${stage}”`);
  if (keys && needs.width > 1000) {
    step('the tour of the page');
    await tour(page);
  }

  step('closing');
  await act.open('a[data-close]');
  await page.waitForURL((url) => url.pathname === '/desk/applications');
  check(new URL(page.url()).searchParams.get('q') === needs.word, 'the search is gone');

  await offers(story);
  await isTold(story, needs.closed);
  await signOut(story);
}

/** From the opened application: the reason, the mail as it would go, the refusal. */
async function refuses({ page, act, look }) {
  await act.open('#refuse summary');
  await act.choose('#reason', 'experience');
  await act.send('#refuse form[method=get] button');
  await page.locator('.mail').waitFor();
  await look();
  await act.send('form[action*="/refuse"] button');
}

async function search(act, keyboard, word) {
  await act.type('[data-search]', word);
  if (keyboard) await act.send('[data-search]');
  else await act.send('form[data-filters] button[type=submit]');
}

async function movesInTheList({ page, check, press, row }) {
  await press('Escape');
  await page.evaluate(() => document.activeElement?.blur());
  for (const [key, nth] of [['j', 0], ['j', 1], ['k', 0], ['j', 1]]) {
    await press(key);
    check(await row(nth).evaluate((link) => link === document.activeElement), `${key} should lead to row ${nth + 1}`);
    await seen(page);
  }
}
