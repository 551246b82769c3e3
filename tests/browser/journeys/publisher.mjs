// Owns: the story of an offer: drafted with a fault and corrected, published, seen by anybody, closed and gone from the
// list; and of whoever does just that, and sees no application.
import { isTold, signIn, signOut } from './staff.mjs';

/** Drafts, publishes and closes an offer. */
export async function offers({ page, act, needs, words, check, step, look, windowAt }) {
  const { offer } = needs;
  step('a draft without a title');
  await act.follow('.menu a[href="/desk/vacancies"]');
  await look();
  await act.follow('a[href="/desk/vacancies/new"]');
  await look();
  await act.type('[name=place]', offer.place);
  await act.send('main form[data-form] button[type=submit]');
  check((await page.title()).startsWith(words.error), `the title is “${await page.title()}”`);
  check((await page.inputValue('[name=place]')) === offer.place, 'what was typed is gone');
  await look();
  step('a draft');
  await act.type('[name=title]', offer.title);
  await act.type('[name=summary]', offer.summary);
  await act.type('[name=description]', offer.description);
  await act.pick('remote', 'partial');
  await act.type('[name=salary_min]', '32000');
  await act.type('[name=salary_max]', '38000');
  await act.send('main form[data-form] button[type=submit]');
  check((await page.innerText('h1')).includes(offer.title), await page.innerText('main'));
  check((await page.locator('main a[href^="/jobs/"]').count()) === 0, 'a draft has no public page');
  await look();

  step('publishing');
  await act.send('form[action$="/publish"] button');
  const path = await page.getAttribute('main a[href^="/jobs/"]', 'href');
  await look();
  const anybody = await windowAt(needs.base);
  check((await anybody.goto(path)).status() === 200, `${path} isn’t there for others`);
  const said = await anybody.innerText('main');
  for (const what of [offer.title, offer.place, offer.description.split('\n')[0].replace('## ', '')]) check(said.includes(what), `no “${what}” in ${said}`);
  await look(anybody);

  step('closing');
  await act.send('form[action$="/close"] button');
  check((await page.locator('main a[href^="/jobs/"]').count()) === 0, 'it is still on the site');
  await look();
  check((await anybody.goto(path)).status() === 410, `${path} is still there`);
  await look(anybody);
  await anybody.goto(`/jobs?q=${encodeURIComponent(offer.title)}`);
  check((await anybody.locator(`main a[href="${path}"]`).count()) === 0, 'it is still listed');
}

/** Who publishes and reads nobody. */
export async function publisher(story) {
  await signIn(story);
  await offers(story);
  await isTold(story, story.needs.closed);
  await signOut(story);
}
