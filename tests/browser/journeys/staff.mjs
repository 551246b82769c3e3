// Owns: what every member of staff does: signs in, sees the menu of their role and nothing more, is told plainly what
// isn't theirs, looks after their own account, signs out. And the story of who does just that.

/** Signs in at the desk, once with a wrong password. */
export async function signIn({ page, act, needs, words, check, step, look }, to = '/desk') {
  step('signing in with a wrong password');
  await page.goto(to);
  await look();
  await act.type('[name=email]', needs.user.email);
  await act.type('[name=password]', 'this is not the one');
  await act.send('main form[action="/sign-in"] button');
  check((await page.title()).startsWith(words.error), `the title is “${await page.title()}”`);
  check((await page.inputValue('[name=email]')) === needs.user.email, 'the address is gone');
  await look();
  step('signing in');
  await act.type('[name=password]', needs.user.password);
  await act.send('main form[action="/sign-in"] button');
  check(new URL(page.url()).pathname.startsWith('/desk'), `it leads to ${page.url()}`);
  check((await page.getAttribute('html', 'lang')) === needs.language, 'the desk is in another language');
  check((await page.innerText('.who')).includes(needs.label), `the desk doesn’t say “${needs.label}”`);
  const menu = await page.locator('.menu a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  check(menu.join(' ') === needs.menu.join(' '), `the menu has ${menu.join(' ')}`);
  await look();
}

/** Signs out; the way back is closed. */
export async function signOut({ page, act, check, step, look }) {
  step('signing out');
  await act.send('form[action="/sign-out"] button');
  await look();
  await page.goto('/desk/account');
  check(new URL(page.url()).pathname === '/sign-in', 'somebody is still signed in');
}

/** Addresses that aren't this role's: said plainly, with its name and a way back, and nothing of what is there. */
export async function isTold({ page, act, needs, words, check, step, look }, closed) {
  for (const [path, status] of closed) {
    step(`what isn’t theirs: ${path}`);
    const answer = await page.goto(path);
    const said = await page.innerText('main');
    check(answer.status() === status, `${path} answers ${answer.status()}`);
    if (status === 403) check(said.includes(needs.label), `it isn’t told for whom: ${said}`);
    check(said.includes(status === 403 ? words.forbidden : words.nowhere), `it isn’t told why: ${said}`);
    check(!said.includes('@'), `an address is shown: ${said}`);
    check((await page.locator('.menu a').count()) === needs.menu.length, 'the menu is gone');
    await look();
    await act.follow('main a[href="/desk"]');
    check(new URL(page.url()).pathname.startsWith('/desk'), 'no way back to the desk');
  }
}

/** Looks at the offers, which everybody at the desk may, and writes none. */
export async function looksAtOffers({ page, act, check, step, look }) {
  step('the offers');
  await act.follow('.menu a[href="/desk/vacancies"]');
  check((await page.locator('a[href="/desk/vacancies/new"]').count()) === 0, 'it offers to write one');
  await look();
  await act.follow('tbody a[href^="/desk/vacancies/"]');
  check((await page.locator('main form').count()) === 0, 'it offers to change one');
  await look();
}

/** Who reads applications in one case only, or none: what is theirs, and what isn't. */
export async function onlooker(story) {
  const { page, act, words, needs, check, step, look } = story;
  await signIn(story);
  if (needs.menu.includes('/desk/applications')) {
    step('the applications');
    await act.follow('.menu a[href="/desk/applications"]');
    const said = await page.innerText('main');
    check((await page.locator('a[data-row]').count()) === 0, 'there are rows');
    check(said.includes(words.noneOpen) && said.includes(needs.label), `it isn’t told why there are none: ${said}`);
    await look();
    step('a search');
    await act.type('[data-search]', needs.word);
    await act.send('form[data-filters] button[type=submit]');
    check((await page.locator('a[data-row]').count()) === 0, 'a search finds somebody');
    await look();
  }
  await looksAtOffers(story);
  await isTold(story, needs.closed);
  await signOut(story);
}
