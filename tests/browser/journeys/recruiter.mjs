// Owns: the stories of who recruits: by the keyboard alone on a large screen, and by touch without scripts on a phone.
// Each reads, moves, refuses and takes it back.
import { get } from 'node:http';
import { focused, seen, tabTo, tour } from './keyboard.mjs';

/** Three applications of `needs.word`, at 1440 px, no mouse. */
export async function desk({ page, needs, check, step }) {
  const press = (key) => page.keyboard.press(key);
  step('signing in');
  await page.goto('/desk/applications');
  await tabTo(page, '[name=email]');
  await page.keyboard.type(needs.user.email);
  await tabTo(page, '[name=password]');
  await page.keyboard.type(needs.user.password);
  await press('Enter');
  await page.waitForURL(/\/desk\/applications/);

  step('the search');
  await press('/');
  check(await focused(page, '[data-search]'), '/ doesn’t lead to the search');
  await page.keyboard.type(needs.word);
  await press('Enter');
  await page.waitForURL(/[?&]q=/);
  check((await page.locator('a[data-row]').count()) === 3, 'three applications should be found');

  step('moving in the list');
  const row = (nth) => page.locator('a[data-row]').nth(nth);
  for (const [key, nth] of [['j', 0], ['j', 1], ['k', 0], ['j', 1]]) {
    await press(key);
    check(await row(nth).evaluate((link) => link === document.activeElement), `${key} should lead to row ${nth + 1}`);
    await seen(page);
  }

  step('opening');
  const name = await row(1).innerText();
  const path = new URL(await row(1).evaluate((link) => link.href)).pathname;
  await press('Enter');
  await page.locator('.panel [data-heading]').waitFor();
  check(await focused(page, '.panel [data-heading]'), 'the panel’s heading has no focus');
  check((await page.innerText('.panel [data-heading]')) === name, 'another person’s panel opened');
  check(new URL(page.url()).pathname === path && page.url().includes(`q=${needs.word}`), `the address is ${page.url()}`);

  step('the stage');
  await press('s');
  check(await focused(page, '[data-stage]'), 'S doesn’t lead to the stage');
  await seen(page);
  await press('ArrowDown');
  const stage = await page.locator('[data-stage] option:checked').innerText();
  await tabTo(page, 'form[action*="/stage"] button');
  await Promise.all([page.waitForNavigation(), press('Enter')]);
  check((await page.innerText('.panel-head')).includes(stage), `it isn’t at “${stage}”`);

  step('closing');
  await press('Escape');
  await page.locator('.panel').waitFor({ state: 'detached' });
  check(await focused(page, `a[data-row][href*="${path}"]`), 'the row has lost its place');
  check(new URL(page.url()).searchParams.get('q') === needs.word, 'the search is gone');
  step('the help');
  await press('?');
  await page.locator('#keys[open]').waitFor();
  await seen(page);
  await press('Escape');
  await page.locator('#keys[open]').waitFor({ state: 'detached' });
  check(await focused(page, `a[data-row][href*="${path}"]`), 'the help took the focus along');

  step('refusing');
  await press('Enter');
  await page.locator('.panel [data-heading]').waitFor();
  await tabTo(page, '#refuse summary');
  await press('Enter');
  await tabTo(page, '#reason');
  await press('ArrowDown');
  await tabTo(page, '#refuse form[method=get] button');
  await Promise.all([page.waitForNavigation(), press('Enter')]);
  await page.locator('.mail').waitFor();
  await tabTo(page, 'form[action*="/refuse"] button');
  await Promise.all([page.waitForNavigation(), press('Enter')]);
  step('taking it back');
  await tabTo(page, '.panel form[action*="/undo"] button');
  await Promise.all([page.waitForNavigation(), press('Enter')]);
  check((await page.locator('form[action*="/undo"]').count()) === 0, 'it is still refused');
  check((await page.innerText('.panel-head')).includes(stage), `it isn’t back at “${stage}”`);

  step('the tour of the page');
  await tour(page);
}

/** One application, at 390 px, no scripts. */
export async function phone({ page, needs, check, step }) {
  step('signing in');
  await page.goto('/desk/applications');
  await page.fill('[name=email]', needs.user.email);
  await page.fill('[name=password]', needs.user.password);
  await page.locator('main form[action="/sign-in"] button[type=submit]').click();
  await page.waitForURL(/\/desk\/applications/);
  step('the search');
  await page.fill('[data-search]', needs.word);
  await page.locator('form[data-filters] button[type=submit]').first().click();
  await page.waitForURL(/[?&]q=/);
  step('the panel');
  await page.locator('a[data-row]').first().click();
  await page.locator('.panel [data-heading]').waitFor();
  const heading = await page.locator('.panel [data-heading]').boundingBox();
  check(heading.y < 500, `the person’s name is ${Math.round(heading.y)} px down the page`);
  check((await page.evaluate(() => document.documentElement.scrollWidth)) <= needs.width, 'the page is too wide');
  const cv = page.locator('.panel .file a').first();
  const file = await fetched(page, await cv.getAttribute('href'));
  check(file.statusCode === 200 && file.headers['content-type'].startsWith('application/pdf'), `the CV answers ${file.statusCode}`);

  step('moving');
  await page.selectOption('#stage', 'interview');
  const stage = (await page.locator('#stage option[value=interview]').innerText()).trim();
  await page.locator('form[action*="/stage"] button').click();
  await page.locator('.panel-head', { hasText: stage }).waitFor();
  step('refusing');
  await page.locator('#refuse summary').click();
  await page.selectOption('#reason', 'experience');
  await page.locator('#refuse form[method=get] button').click();
  await page.locator('.mail').waitFor();
  await page.locator('form[action*="/refuse"] button').click();
  step('taking it back');
  await page.locator('.panel form[action*="/undo"] button').click();
  await page.locator('.panel-head', { hasText: stage }).waitFor();
  check((await page.locator('form[action*="/undo"]').count()) === 0, 'it is still refused');
  step('closing');
  await page.locator('a[data-close]').click();
  await page.waitForURL(/\/desk\/applications\?/);
  check(new URL(page.url()).searchParams.get('q') === needs.word, 'the search is gone');
}

/** What the page's session gets at an address; only a browser knows that `….localhost` is here. */
async function fetched(page, path) {
  const { host, port } = new URL(page.url());
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers: { host, cookie } }, (answer) => {
      answer.resume();
      resolve(answer);
    });
    request.on('error', reject);
  });
}
