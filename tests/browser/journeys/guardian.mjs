// Owns: the story of the data protection officer: reads the register and takes it along, looks at the charter that runs
// and at its clauses, is told that applications aren't theirs, ends a session that was left open elsewhere, begins a second factor.
import { fetched } from './mails.mjs';
import { answersRights } from './rights.mjs';
import { isTold, looksAtOffers, signIn, signOut } from './staff.mjs';

export async function guardian(story) {
  const { page, act, needs, words, check, step, look } = story;
  await signIn(story);
  step('the register');
  await act.follow('.menu a[href="/desk/register"]');
  check((await page.innerText('main')).includes(needs.treatment), 'the register lacks a treatment');
  await look();
  const cookies = await page.context().cookies();
  for (const [path, type] of [['/desk/register.csv', 'text/csv'], ['/desk/register.md', 'text/markdown']]) {
    check((await page.locator(`a[href="${path}"]`).count()) === 1, `no ${path} to take along`);
    const file = await fetched(needs.base, path, cookies);
    check(file.status === 200 && file.type.startsWith(type), `${path} answers ${file.status} ${file.type}`);
  }
  step('the charter');
  await act.follow('.menu a[href="/desk/charter"]');
  const version = await page.innerText('#running-title');
  check(/\b1\b/.test(version), `it isn’t said which version runs: ${version}`);
  check((await page.locator('main form').count()) === 0, 'it offers to activate what nobody wrote');
  await look();
  await act.follow('a[href="/privacy"]');
  check((await page.locator('main [id="security"]').count()) === 1, 'the policy isn’t what it leads to');
  await page.goto('/desk/charter');
  await answersRights(story);
  await looksAtOffers(story);
  await isTold(story, needs.closed);
  await looksAfterTheirAccount(story);
  await signOut(story);
}

/** Their own sessions, and the page on which a second factor is set up. */
async function looksAfterTheirAccount({ page, act, hands, needs, words, check, step, look, windowAt }) {
  step('another browser');
  const other = await windowAt(needs.base);
  const there = hands(other);
  await other.goto('/sign-in');
  await there.type('[name=email]', needs.user.email);
  await there.type('[name=password]', needs.user.password);
  await there.send('main form[action="/sign-in"] button');
  step('their account');
  await act.follow('.who');
  check(new URL(page.url()).pathname === '/desk/account', 'the name doesn’t lead to the account');
  await look();
  step('a session elsewhere');
  const others = await page.locator('button[name=end]:not([value=all]):not([value=others])').count();
  check(others >= 1, 'the other session isn’t listed');
  await act.send('button[name=end][value=others]');
  check((await page.locator('button[name=end]:not([value=all])').count()) === 0, 'it is still there');
  await other.goto('/desk');
  check(new URL(other.url()).pathname === '/sign-in', 'it still opens the desk');
  await look();
  step('a second factor, with a wrong password');
  await act.type('[name=current_app]', 'this is not the one');
  await act.send('form[action="/desk/account/app"] button:not([formaction])');
  check((await page.innerText('.summary')).includes(words.notCurrent), await page.innerText('main'));
  await look();
  step('a second factor');
  await act.type('[name=current_app]', needs.user.password);
  await act.send('form[action="/desk/account/app"] button:not([formaction])');
  check((await page.locator('main svg[role=img]').count()) === 1, 'no code to scan');
  await look();
  await act.type('[name=code]', '000000');
  await act.send('main form[data-form] button');
  check((await page.title()).startsWith(words.error), `the title is “${await page.title()}”`);
  await look();
  await page.goto('/desk/account');
}
