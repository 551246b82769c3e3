// Owns: the story of a person in their own area: follows the mail's link, sees what is kept and who read what, changes
// their address with both mailboxes, comes back by the new one, leaves. By keyboard alone or by touch, with scripts or
// without.
import { newPage } from '../lib.mjs';
import { seen, tabTo } from './keyboard.mjs';

export async function area(story) {
  const { page, needs, words, check, step } = story;
  const act = needs.keyboard ? byKeyboard(page) : byTouch(page);

  step('the mail');
  await page.goto(needs.link);
  await page.waitForURL(/\/me\/applications\//);
  const own = new URL(page.url()).pathname;
  check((await page.innerText('main')).includes(words.read), 'it isn’t said that it was read');

  step('what is kept');
  await act.follow('.tabs a[href="/me/data"]');
  await page.waitForURL(/\/me\/data$/);
  check((await page.innerText('main')).includes(needs.who.cv_name), 'the CV isn’t listed');
  const clause = await page.locator('a.clause-id').first().getAttribute('href');
  await act.follow(`a.clause-id[href="${clause}"]`);
  await page.waitForURL((url) => url.pathname === '/privacy');
  check((await page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`).count()) === 1, `${clause} leads nowhere`);

  step('who read what');
  await page.goto('/me');
  await act.follow('.tabs a[href="/me/reads"]');
  await page.waitForURL(/\/me\/reads$/);
  check((await page.innerText('.reads')).includes(words.recruitment), await page.innerText('main'));

  step('another address, mistyped');
  await act.follow('.tabs a[href="/me/details"]');
  await page.waitForURL(/\/me\/details$/);
  await act.type('form[action="/me/address"] [name=email]', 'nobody');
  await act.press('form[action="/me/address"] button');
  await page.locator('[data-summary]').waitFor();
  check((await page.title()).startsWith(words.error), await page.title());
  step('another address');
  await act.type('form[action="/me/address"] [name=email]', needs.moved);
  await act.press('form[action="/me/address"] button');
  await page.locator('form[action="/me/address/cancel"]').waitFor();
  check((await page.innerText('main')).includes(needs.moved), 'the new address isn’t said');
  check((await page.evaluate(() => document.documentElement.scrollWidth)) <= needs.width, 'the page is too wide');

  for (const address of [needs.moved, needs.who.email]) {
    step(`the link in the mailbox of ${address}`);
    await page.goto(await link(story, address, /http\S+\/me\/address\/confirm\/\S+/));
    await act.press('main form button');
    await page.waitForURL(/\/me\/address\/(waiting|changed)/);
  }
  check((await page.innerText('h1')).includes(words.moved), await page.innerText('main'));

  step('still here, by the new address');
  await page.goto('/me/details');
  check((await page.innerText('main')).includes(needs.moved), 'the address isn’t changed');

  step('leaving');
  await act.follow('.tabs a[href="/me/leave"]');
  await page.waitForURL(/\/me\/leave$/);
  await act.press('form[action="/me/leave/withdraw"] button');
  await page.waitForURL(/done=withdrawn-all/);
  await page.goto(own);
  check((await page.innerText('main')).includes(words.withdrawn), 'it isn’t withdrawn');
  await page.goto('/me/leave');
  await act.press('form[action="/me/leave/sign-out"] button');
  await page.waitForURL(/done=signed-out-everywhere/);
  await page.goto('/me');
  check(new URL(page.url()).pathname === '/me/sign-in', 'somebody is still signed in');
}

/** Goes to each thing by Tab, which must be seen, and uses it by Enter. */
function byKeyboard(page) {
  const use = async (selector) => {
    await tabTo(page, selector);
    await page.keyboard.press('Enter');
  };
  const type = async (selector, text) => {
    await tabTo(page, selector);
    await seen(page);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  };
  return { follow: use, press: use, type };
}

function byTouch(page) {
  const use = (selector) => page.locator(selector).first().click();
  return { follow: use, press: use, type: (selector, text) => page.fill(selector, text) };
}

/** The link in the newest mail to an address, which the demo shows instead of sending it. */
async function link({ browser, needs }, address, pattern) {
  const mails = await newPage(browser, needs.main, needs);
  try {
    for (let tries = 0; tries < 60; tries += 1) {
      await mails.goto('/mails');
      for (const mail of await mails.locator('article', { hasText: `→ ${address} ` }).allInnerTexts()) {
        const found = mail.match(pattern);
        if (found) return found[0];
      }
      await mails.waitForTimeout(500);
    }
  } finally {
    await mails.context().close();
  }
  throw new Error(`no such mail to ${address}`);
}
