// Owns: the story of a passkey: added with the password given again, used to sign in without one, removed, and then
// worth nothing. Chromium plays the device (CDP's virtual authenticator). Doesn't own: what a passkey is.

export async function passkeys({ page, needs, words, check, step }) {
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
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

  step('signing in with it');
  await page.context().clearCookies();
  await page.goto(needs.door);
  await enter.locator('button').click();
  await page.waitForURL((url) => url.pathname.startsWith(needs.home) && !url.pathname.includes('sign-in'));
  await page.goto(needs.account);

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
