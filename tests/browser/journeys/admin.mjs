// Owns: the story of the administrator: invites a colleague, who chooses a password and comes in; gives them another
// role, which holds at once; ends their account, which they notice at once. And never sees a candidate.
import { mailed } from './mails.mjs';
import { isTold, looksAtOffers, signIn, signOut } from './staff.mjs';

const PASSWORD = 'quiet gravel under the viaduct';

export async function admin(story) {
  const { page, act, hands, needs, words, check, step, look, windowAt } = story;
  const { colleague } = needs;
  const name = `${colleague.given_name} ${colleague.family_name}`;
  const row = `tbody tr:has(th:text-is("${name}"))`;
  await signIn(story);

  step('inviting, mistyped');
  await act.follow('.menu a[href="/desk/staff"]');
  await look();
  await act.type('[name=given_name]', colleague.given_name);
  await act.type('[name=family_name]', colleague.family_name);
  await act.type('[name=email]', 'nobody');
  await act.pick('role', colleague.role);
  await act.send('main form[action="/desk/staff"] button[type=submit]');
  check((await page.title()).startsWith(words.error), `the title is “${await page.title()}”`);
  check((await page.inputValue('[name=family_name]')) === colleague.family_name, 'what was typed is gone');
  await look();
  step('inviting');
  await act.type('[name=email]', colleague.email);
  await act.send('main form[action="/desk/staff"] button[type=submit]');
  check((await page.locator(row).count()) === 1, `no ${name} in ${await page.innerText('main')}`);
  await look();

  step('the colleague’s invitation');
  const theirs = await windowAt(needs.base);
  const they = hands(theirs);
  await theirs.goto(await mailed(needs, colleague.email, /http\S+\/password\/[\w-]+/));
  await look(theirs);
  await they.type('[name=password]', 'short');
  await they.send('main form[data-form] button');
  check((await theirs.title()).startsWith(words.error), 'a short password is taken');
  await look(theirs);
  await they.type('[name=password]', PASSWORD);
  await they.send('main form[data-form] button');
  await look(theirs);
  const comesIn = async (label) => {
    check(new URL(theirs.url()).pathname === '/sign-in', `the colleague is at ${theirs.url()}`);
    await they.type('[name=email]', colleague.email);
    await they.type('[name=password]', PASSWORD);
    await they.send('main form[action="/sign-in"] button');
    check((await theirs.innerText('.who')).includes(label), await theirs.innerText('.who'));
    await look(theirs);
  };
  await comesIn(colleague.label);

  step('another role');
  await page.goto('/desk/staff');
  const action = await page.getAttribute(`${row} form[action$="/role"]`, 'action');
  await act.choose(`form[action="${action}"] select`, colleague.next);
  await act.send(`form[action="${action}"] button`);
  check((await page.inputValue(`${row} select`)) === colleague.next, 'the role isn’t changed');
  await look();
  await theirs.goto('/desk');
  await comesIn(colleague.nextLabel);

  step('the end of the account');
  const end = action.replace('/role', '/end');
  await act.open(`details:has(form[action="${end}"]) summary`);
  await look();
  await act.send(`form[action="${end}"] button`);
  check((await page.locator(`${row} select`).count()) === 0, 'it goes on');
  await look();
  await theirs.goto('/desk');
  check(new URL(theirs.url()).pathname === '/sign-in', 'the colleague is still in');

  await looksAtOffers(story);
  await isTold(story, needs.closed);
  await signOut(story);
}
