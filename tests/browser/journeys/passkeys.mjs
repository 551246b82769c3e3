// Owns: the stories of a passkey: added with the password given again, used to sign in without one, removed, and then
// worth nothing; set up as the second factor that a charter asks for. Chromium plays the device (CDP's virtual
// authenticator). Doesn't own: what a passkey is.

/** A device that is opened at once. */
async function plugIn(page) {
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
}

/** Who must have a second factor and has none: a passkey is one, and signs in from then on; the password alone doesn't. */
export async function factor({ page, act, needs, words, check, step, look }) {
  await plugIn(page);
  const password = async () => {
    await page.context().clearCookies();
    await page.goto('/sign-in?to=/desk/vacancies');
    await act.type('[name=email]', needs.user.email);
    await act.type('[name=password]', needs.user.password);
    await act.send('main form[action="/sign-in"] button');
  };
  step('the password');
  await password();
  check(new URL(page.url()).pathname === '/sign-in/app', `it leads to ${page.url()}`);
  await look();
  step('the passkey');
  await act.open('form[data-passkey=create] button');
  await page.waitForURL((url) => url.pathname === '/desk/vacancies');
  await page.goto('/desk/account');
  check((await page.locator('form[action$="/passkeys/remove"] button').count()) === 1, 'it isn’t listed');
  await look();
  step('the password again');
  await password();
  check(new URL(page.url()).pathname === '/sign-in/code', `it leads to ${page.url()}`);
  check((await page.locator('[name=code]').count()) === 0, 'it asks for a code that nothing gives');
  check((await page.innerText('main')).includes(words.goOnByPasskey), await page.innerText('main'));
  await look();
  step('the passkey again');
  await act.open('form[data-passkey=get] button');
  await page.waitForURL((url) => url.pathname === '/desk/vacancies');
}

export async function passkeys({ page, needs, words, check, step, look }) {
  await plugIn(page);
  const add = page.locator('form[data-passkey=create]');
  const enter = page.locator('form[data-passkey=get]');

  step('the account');
  await page.goto(needs.account);
  check(await add.isVisible(), 'nothing to add a passkey with');

  if (needs.password) {
    step('a wrong password');
    await add.locator('[name=current_passkey]').fill('this is not the one');
    await add.locator('button').click();
    await add.locator('[data-said]').waitFor();
    check((await add.locator('[data-said]').innerText()).includes(words.notCurrent), await add.innerText());
    await add.locator('[name=current_passkey]').fill(needs.password);
  }

  step('adding');
  await add.locator('button').click();
  await page.getByText(words.passkeyAdded).first().waitFor();

  await look();

  step('signing in with it');
  await page.context().clearCookies();
  await page.goto(needs.door);
  await enter.locator('button').click();
  await page.waitForURL((url) => url.pathname.startsWith(needs.home) && !url.pathname.includes('sign-in'));
  await page.goto(needs.account);

  if (needs.password) {
    step('removing it, with a wrong password');
    await page.fill('[name=current_removal]', 'this is not the one');
    await page.locator('form[action$="/passkeys/remove"] button').first().click();
    await page.locator('.summary').waitFor();
    check((await page.innerText('.summary')).includes(words.notCurrent), await page.innerText('main'));
    await look();
    await page.fill('[name=current_removal]', needs.password);
  }
  step('removing it');
  await page.locator('form[action$="/passkeys/remove"] button').first().click();
  await page.getByText(words.passkeyRemoved).first().waitFor();

  step('signing in with what was removed');
  await page.context().clearCookies();
  await page.goto(needs.door);
  await enter.locator('button').click();
  await enter.locator('[data-said]').waitFor();
  check((await enter.locator('[data-said]').innerText()).includes(words.passkeyUnknown), await enter.innerText());
}
