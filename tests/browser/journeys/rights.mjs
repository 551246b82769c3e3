// Owns: the part of a story in which somebody uses their rights: asks in words, forgetting some, takes it back, has the
// use of what they sent suspended and lets it go on; and in which who answers enters a request that nobody wrote.
// Doesn't own: the rest of their stories.

/** In one's own area. */
export async function usesRights({ page, act, words, check, step, look }) {
  const form = 'form[action="/me/rights"]';
  step('my rights');
  await act.follow('.tabs a[href="/me/rights"]');
  await look();
  step('a request without words');
  await act.open(`details:has(${form}) > summary`);
  await look();
  await act.send(`${form} button[type=submit]`);
  check((await page.title()).startsWith(words.error), `the title is “${await page.title()}”`);
  await look();
  step('a request');
  await act.choose(`${form} [name=kind]`, 'access');
  await act.type(`${form} [name=text]`, 'vvcopy');
  await act.send(`${form} button[type=submit]`);
  check(/^\/me\/rights\/\w{32}$/.test(new URL(page.url()).pathname), `it leads to ${page.url()}`);
  check((await page.innerText('main')).includes('vvcopy'), 'what was asked isn’t shown');
  await look();
  step('taking it back');
  await act.send('form[action$="/withdraw"] button');
  check((await page.locator('form[action$="/withdraw"]').count()) === 0, 'it is still open');
  await look();
  step('a restriction');
  await page.goto('/me/rights');
  await act.open('details:has(form[action="/me/rights/restrict"]) > summary');
  await act.send('form[action="/me/rights/restrict"] button');
  check((await page.locator('form[action="/me/rights/lift"]').count()) === 1, 'it isn’t restricted');
  await look();
  await act.send('form[action="/me/rights/lift"] button');
  check((await page.locator('form[action="/me/rights/lift"]').count()) === 0, 'it is still restricted');
}

/** At the desk. */
export async function answersRights({ page, act, words, check, step, look }) {
  step('the requests');
  await act.follow('.menu a[href="/desk/rights"]');
  await look();
  step('a look-up of nobody');
  await act.follow('a[href="/desk/rights/enter"]');
  await act.send('main form[action="/desk/rights/find"] button[type=submit]');
  check((await page.title()).startsWith(words.error), `the title is “${await page.title()}”`);
  await look();
  await act.type('[name=email]', 'nobody@letters.example');
  await act.send('main form[action="/desk/rights/find"] button[type=submit]');
  check((await page.locator('form[action="/desk/rights/enter"]').count()) === 0, 'somebody was found');
  await look();
}
