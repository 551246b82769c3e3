// Owns: the story of who applies: finds the form, mistypes their address, is told so, corrects it, follows the link
// of the mail, withdraws. With scripts or without, on an offer or unsolicited.
import { newPage } from '../lib.mjs';

export async function candidate(story) {
  const { page, needs, words, check, step } = story;
  step('the list');
  await page.goto('/jobs');
  check((await page.getAttribute('html', 'lang')) === needs.language, 'the page is in another language');
  await (needs.offer ? findsAnOffer(story) : page.locator('header a[href^="/apply"]').click());

  step('the form');
  const { who } = needs;
  for (const field of ['given_name', 'family_name', 'phone', 'subject', 'motivation']) {
    const control = page.locator(`[name=${field}]`);
    if (await control.count()) await control.fill(who[field]);
  }
  await page.fill('[name=email]', 'not an address');
  await page.setInputFiles('[name=cv]', needs.cv);
  const send = 'form[enctype] button[type=submit]:not([name])';
  await page.click(send);

  step('the form that comes back');
  const summary = page.locator('[data-summary]');
  await summary.waitFor();
  check((await page.title()).startsWith(words.error), `the title is “${await page.title()}”`);
  check(await summary.evaluate((box) => box === document.activeElement), 'the summary has no focus');
  check((await page.inputValue('[name=given_name]')) === who.given_name, 'what was typed is gone');
  check((await page.inputValue('[name=email]')) === 'not an address', 'the wrong address is gone');
  check((await page.getAttribute('[name=email]', 'aria-invalid')) === 'true', 'the address isn’t marked');
  const file = page.locator('.file', { hasText: who.cv_name });
  check((await file.innerText()).includes(words.kept), 'the file isn’t attached any more');
  await summary.locator('a').first().click();
  check(page.url().endsWith('#f-email') || (await page.locator('[name=email]').evaluate((input) => input === document.activeElement)), 'the summary doesn’t lead to the address');

  step('the confirmation');
  await page.fill('[name=email]', who.email);
  await page.click(send);
  await page.waitForURL(/\/applied/);
  check((await page.innerText('h1')).includes(words.arrived), await page.innerText('main'));

  step('the mail');
  await page.goto(await link(story));
  step('the status');
  await page.waitForURL(/\/me\/applications\//);
  check((await page.innerText('main')).includes(who.cv_name), 'the CV isn’t shown');
  check((await page.getAttribute('html', 'lang')) === needs.language, 'the status is in another language');

  step('withdrawing');
  const withdraw = page.locator('form[action*="/withdraw"] button');
  check(!(await withdraw.isVisible()), 'withdrawing should take a second thought');
  await page.locator('details', { has: withdraw }).locator('summary').click();
  await withdraw.click();
  await page.getByText(words.withdrawn).first().waitFor();
}

/** Searches, changes the language and back, opens an offer, goes to its form. */
async function findsAnOffer({ page, needs, words, check, step }) {
  step('the search');
  await page.fill('[data-search]', needs.offer.search);
  await page.locator('form:has([data-search]) button[type=submit]').first().click();
  await page.waitForURL(/[?&]q=/);
  const here = new URL(page.url());
  step('the other language');
  await page.locator(`.languages a[lang=${words.other}]`).click();
  await page.waitForURL((url) => url.href !== here.href);
  const there = new URL(page.url());
  check(there.pathname === here.pathname && there.searchParams.get('q') === needs.offer.search, `${here} became ${there}`);
  check((await page.getAttribute('html', 'lang')) === words.other, 'the language stayed');
  await page.locator(`.languages a[lang=${needs.language}]`).click();
  await page.locator(`html[lang=${needs.language}]`).waitFor();
  step('the offer');
  await page.locator(`main a[href^="${needs.offer.path}"]`).first().click();
  await page.waitForURL((url) => url.pathname === needs.offer.path);
  await page.locator('main a[href*="/apply"] >> visible=true').first().click();
  await page.waitForURL(/\/apply/);
}

/** The link of the person's mail, which the demo shows instead of sending it. */
async function link({ browser, needs, check }) {
  const mails = await newPage(browser, needs.main, needs);
  for (let tries = 0; tries < 40; tries += 1) {
    await mails.goto('/mails');
    const mail = mails.locator('article', { hasText: needs.who.email });
    if (await mail.count()) {
      const found = (await mail.first().innerText()).match(/http\S+\/follow\/\S+/);
      check(found, 'the mail bears no link');
      await mails.context().close();
      return found[0];
    }
    await mails.waitForTimeout(500);
  }
  throw new Error(`no mail to ${needs.who.email}`);
}
