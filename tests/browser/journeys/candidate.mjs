// Owns: the story of who applies: searches, changes the language and back, mistypes their address, is told so; follows
// the mail's link; sees what is kept and who read it; changes their address with both mailboxes; uses their rights;
// leaves.
import { mailed, opened } from './mails.mjs';
import { usesRights } from './rights.mjs';

export async function candidate(story) {
  const { page, act, needs, words, check, step, look } = story;
  step('the list');
  await page.goto('/jobs');
  check((await page.getAttribute('html', 'lang')) === needs.language, 'the page is in another language');
  await look();
  await (needs.offer ? findsAnOffer(story) : act.follow('header a[href^="/apply"]'));
  await look();
  await applies(story);

  step('the mail');
  const link = await mailed(needs, needs.who.email, /http\S+\/follow\/[\w-]+/);
  await page.goto(link);
  check(new URL(page.url()).pathname.startsWith('/me/applications/'), `the link leads to ${page.url()}`);
  const own = new URL(page.url()).pathname;
  check((await page.innerText('main')).includes(needs.who.cv_name), 'the CV isn’t shown');
  check((await page.getAttribute('html', 'lang')) === needs.language, 'the status is in another language');
  await look();
  step('somebody reads it');
  let read = false;
  for (const cookies of needs.readers) read ||= await opened(needs.base, cookies, needs.who.email);
  check(read, 'nobody at the desk finds it');
  await page.goto(own);
  const status = await page.innerText('main');
  check(status.includes(words.read) && !status.includes(words.unread), `it isn’t said that it was read: ${status}`);
  await look();

  await looksAround(story);
  await changesAddress(story);
  await usesRights(story);

  step('withdrawing takes a second thought');
  await page.goto(own);
  const withdraw = page.locator('form[action*="/withdraw"] button');
  check(!(await withdraw.isVisible()), 'it is there at once');
  await act.open('details:has(form[action*="/withdraw"]) summary');
  check(await withdraw.isVisible(), 'it can’t be had');
  await look();
  step('leaving');
  await act.follow('.tabs a[href="/me/leave"]');
  await look();
  await act.send('form[action="/me/leave/withdraw"] button');
  await look();
  await page.goto(own);
  check((await page.innerText('main')).includes(words.withdrawn), 'it isn’t withdrawn');
  await look();
  await act.follow('.tabs a[href="/me/leave"]');
  await act.send('form[action="/me/leave/sign-out"] button');
  await look();
  await page.goto('/me');
  check(new URL(page.url()).pathname === '/me/sign-in', 'somebody is still signed in');
  await look();
  check((await page.goto(link)).status() === 404, 'the mail’s link still works');
  await look();
}

async function applies({ page, act, needs, words, check, step, look }) {
  step('the form');
  const { who } = needs;
  for (const field of ['given_name', 'family_name', 'phone', 'subject', 'motivation']) {
    if (await page.locator(`[name=${field}]`).count()) await act.type(`[name=${field}]`, who[field]);
  }
  await act.type('[name=email]', 'not an address');
  await act.attach('[name=cv]', needs.cv);
  const send = 'form[enctype] button[type=submit]:not([name])';
  await act.open(send);

  step('the form that comes back');
  const summary = page.locator('[data-summary]');
  await summary.waitFor();
  check((await page.title()).startsWith(words.error), `the title is “${await page.title()}”`);
  // Without scripts the browser gives it the focus once it has drawn the page.
  await page.locator('[data-summary]:focus').waitFor().catch(() => { throw new Error('the summary has no focus'); });
  check((await page.inputValue('[name=given_name]')) === who.given_name, 'what was typed is gone');
  check((await page.inputValue('[name=email]')) === 'not an address', 'the wrong address is gone');
  check((await page.getAttribute('[name=email]', 'aria-invalid')) === 'true', 'the address isn’t marked');
  const file = page.locator('.file', { hasText: who.cv_name });
  check((await file.innerText()).includes(words.kept), 'the file isn’t attached any more');
  await look();
  await act.open('[data-summary] a');
  check(page.url().endsWith('#f-email') || (await page.locator('[name=email]').evaluate((input) => input === document.activeElement)), 'the summary doesn’t lead to the address');

  step('the confirmation');
  await act.type('[name=email]', who.email);
  await act.open(send);
  await page.waitForURL(/\/applied/);
  check((await page.innerText('h1')).includes(words.arrived), await page.innerText('main'));
  await look();
}

/** Searches, changes the language and back, opens an offer, goes to its form. */
async function findsAnOffer({ page, act, needs, words, check, step, look }) {
  step('the search');
  await act.type('[data-search]', needs.offer.search);
  await act.send('form:has([data-search]) button[type=submit]');
  await look();
  const here = new URL(page.url());
  step('the other language');
  await act.follow(`.languages a[lang=${words.other}]`);
  const there = new URL(page.url());
  check(there.pathname === here.pathname && there.searchParams.get('q') === needs.offer.search, `${here} became ${there}`);
  check((await page.getAttribute('html', 'lang')) === words.other, 'the language stayed');
  await act.follow(`.languages a[lang=${needs.language}]`);
  check((await page.getAttribute('html', 'lang')) === needs.language, 'the way back is closed');
  step('the offer');
  await act.follow(`main a[href^="${needs.offer.path}"]`);
  check(new URL(page.url()).pathname === needs.offer.path, `it leads to ${page.url()}`);
  await look();
  await act.follow('main a[href*="/apply"]');
}

/** What is kept, by which clause, and who read what. */
async function looksAround({ page, act, needs, words, check, step, look }) {
  step('what is kept');
  await act.follow('.tabs a[href="/me/data"]');
  await act.open('details:has([id="documents"]) > summary');
  check((await page.innerText('main')).includes(needs.who.cv_name), 'the CV isn’t listed');
  await look();
  await act.open('details:has([id="kept-1"]) > summary');
  const clause = await page.locator('[id="kept-1"] a.clause-id').first().getAttribute('href');
  await act.follow(`a.clause-id[href="${clause}"]`);
  check(new URL(page.url()).pathname === '/privacy', `${clause} leads to ${page.url()}`);
  check((await page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`).count()) === 1, `${clause} leads nowhere`);
  await look();
  step('who read what');
  await page.goto('/me');
  await look();
  await act.follow('.tabs a[href="/me/reads"]');
  check((await page.textContent('.reads')).includes(needs.reader), await page.innerText('main'));
  await look();
}

async function changesAddress({ page, act, needs, words, check, step, look }) {
  step('another address, mistyped');
  const form = 'form[action="/me/address"]';
  await act.follow('.tabs a[href="/me/details"]');
  await look();
  await act.type(`${form} [name=email]`, 'nobody');
  await act.send(`${form} button`);
  check((await page.title()).startsWith(words.error), await page.title());
  await look();
  step('another address');
  await act.type(`${form} [name=email]`, needs.moved);
  await act.send(`${form} button`);
  check((await page.locator('form[action="/me/address/cancel"]').count()) === 1, 'nothing waits');
  check((await page.innerText('main')).includes(needs.moved), 'the new address isn’t said');
  await look();
  for (const address of [needs.moved, needs.who.email]) {
    step(`the link in the mailbox of ${address}`);
    await page.goto(await mailed(needs, address, /http\S+\/me\/address\/confirm\/[\w-]+/));
    await look();
    await act.send('main form button');
    await look();
  }
  check((await page.innerText('h1')).includes(words.moved), await page.innerText('main'));
  step('still here, by the new address');
  await page.goto('/me/details');
  check((await page.innerText('main')).includes(needs.moved), 'the address isn’t changed');
  await look();
}
