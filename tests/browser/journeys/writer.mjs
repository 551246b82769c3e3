// Owns: the story of who only writes: mistypes their address, is told so, sends; and of those at the desk who read it,
// find it of no interest by mistake, let a colleague read it, answer it. Doesn't own: signing in wrongly (`staff.mjs`).
import { mailed } from './mails.mjs';

export async function writer(story) {
  const { page, act, needs, check, step, look } = story;
  await writes(story);
  step('the mail that it arrived');
  await mailed(needs, needs.who.email, /http\S+\/privacy/);

  const reader = await atTheDesk(story, needs.reader);
  const path = await finds(story, reader);
  await judges(story, reader);
  await letsRead(story, reader);
  await answers(story, reader);
  step('the mail with the answer');
  await mailed(needs, needs.who.email, /vvanswer\w+/);

  step('the colleague');
  const colleague = await atTheDesk(story, needs.to);
  check((await finds(story, colleague)) === path, 'they find another message');
  check((await colleague.at.locator('form[action*="/client"], form[action*="/address"]').count()) === 0, 'they may let others read');

  step('back at the site');
  await page.goto('/jobs');
  await act.follow('header a[href="/contact"]');
  check(!(await page.content()).includes(needs.who.email), 'the form knows who wrote');
  await look();
}

async function writes({ page, act, needs, words, check, step, look }) {
  const { who } = needs;
  step('the form');
  await page.goto('/jobs');
  await act.follow('header a[href="/contact"]');
  await look();
  for (const field of ['given_name', 'family_name', 'phone', 'company', 'message']) {
    if (await page.locator(`[name=${field}]`).count()) await act.type(`[name=${field}]`, who[field]);
  }
  if (await page.locator('[name=subject]').count()) await act.pick('subject', 'recruiter');
  await act.type('[name=email]', 'not an address');
  const send = 'main form[data-form] button[type=submit]:not([name])';
  await act.open(send);
  step('the form that comes back');
  const summary = page.locator('[data-summary]');
  await summary.waitFor();
  check((await page.title()).startsWith(words.error), `the title is “${await page.title()}”`);
  check(await summary.evaluate((box) => box === document.activeElement), 'the summary has no focus');
  check((await page.inputValue('[name=given_name]')) === who.given_name, 'what was typed is gone');
  check((await page.getAttribute('[name=email]', 'aria-invalid')) === 'true', 'the address isn’t marked');
  await look();
  step('the confirmation');
  await act.type('[name=email]', who.email);
  await act.open(send);
  await page.waitForURL(/\/contact\/sent/);
  check((await page.innerText('h1')).includes(words.written), await page.innerText('main'));
  await look();
}

/** Somebody in a window of their own, signed in. */
async function atTheDesk({ needs, hands, windowAt, check, step }, user) {
  step(`${user.email} signs in`);
  const at = await windowAt(needs.base);
  const act = hands(at);
  await at.goto('/desk/messages');
  await act.type('[name=email]', user.email);
  await act.type('[name=password]', user.password);
  await act.send('main form[action="/sign-in"] button');
  check(new URL(at.url()).pathname === '/desk/messages', `it leads to ${at.url()}`);
  return { at, act };
}

/** Looks for the message and opens it; gives its address. */
async function finds({ needs, words, check, step, look }, { at, act }) {
  step('a search that finds nobody');
  await act.type('[data-search]', 'nobodyatall');
  await act.send('form[data-filters] button[type=submit]');
  check((await at.innerText('main')).includes(words.noMessage), await at.innerText('main'));
  await look(at);
  step('the message');
  await act.type('[data-search]', needs.who.email);
  await act.send('form[data-filters] button[type=submit]');
  check((await at.locator('a[data-row]').count()) === 1, 'one message should be found');
  await act.open('a[data-row]');
  await at.locator('.panel [data-heading]').waitFor();
  const said = await at.innerText('.panel');
  for (const what of [needs.who.family_name, needs.who.email, needs.title]) check(said.includes(what), `no “${what}” in ${said}`);
  await look(at);
  return new URL(at.url()).pathname;
}

async function judges({ check, step, look }, { at, act }) {
  step('of no interest, and taking that back');
  await act.send('form[action*="/judge"] button[value=irrelevant]');
  check((await at.locator('form[action*="/answer"]').count()) === 0, 'it can still be answered');
  await look(at);
  await act.send('.panel form[action*="/undo"] button');
  check((await at.locator('form[action*="/undo"]').count()) === 0, 'it is still of no interest');
  check((await at.locator('form[action*="/answer"]').count()) === 1, 'it can’t be answered');
  await look(at);
}

/** As a client's request, or by addressing it: whichever the charter has. */
async function letsRead({ check, step, look }, { at, act }) {
  step('a colleague may read it');
  if (await at.locator('form[action*="/client"]').count()) {
    await act.send('form[action*="/client"] button');
    check((await at.locator('form[action*="/client"] button[value=no]').count()) === 1, 'it isn’t passed on');
  } else {
    const [first] = await at.locator('#staff option').evaluateAll((all) => all.map(({ value }) => value).filter(Boolean));
    await act.choose('#staff', first);
    await act.send('form[action*="/address"] button');
    check((await at.inputValue('#staff')) === first, 'it isn’t addressed');
  }
  await look(at);
}

async function answers({ needs, check, step, look }, { at, act }) {
  step('an answer without words');
  await act.send('form[action*="/answer"] button');
  check((await at.getAttribute('#text', 'aria-invalid')) === 'true', 'nothing is said of it');
  await look(at);
  step('an answer');
  await act.type('#text', `vvanswer${needs.language}`);
  await act.send('form[action*="/answer"] button');
  check((await at.innerText('.panel .mail')).includes(`vvanswer${needs.language}`), 'the answer isn’t kept');
  await look(at);
}
