// Owns: how a person uses a page: by the keyboard alone, seeing where they are, or by touch. Doesn't own: what for.
import { focused, tabTo } from './keyboard.mjs';

/** More choices than any list has. */
const MANY = 80;

/** Goes to each thing by Tab, which must be seen, and uses it by a key. */
export function byKeyboard(page) {
  const press = (key) => page.keyboard.press(key);
  const use = async (selector) => {
    await tabTo(page, selector);
    await press('Enter');
  };
  /** Whatever Enter does here, a page is loaded by it. */
  const send = async (selector) => {
    await tabTo(page, selector);
    await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), press('Enter')]);
  };
  return {
    follow: send, send, open: use,
    type: async (selector, text) => {
      await tabTo(page, selector);
      await press('Control+A');
      await press('Delete');
      await page.keyboard.insertText(text);
    },
    choose: async (selector, value) => {
      await tabTo(page, selector);
      await press('Home');
      for (let nth = 0; nth < MANY; nth += 1) {
        if ((await page.inputValue(selector)) === value) return;
        await press('ArrowDown');
      }
      throw new Error(`${selector} has no ${value}`);
    },
    // The arrows go round a group; what they arrive at is chosen.
    pick: async (name, value) => {
      await tabTo(page, `input[name="${name}"]`);
      for (let nth = 0; nth < MANY; nth += 1) {
        if (await focused(page, `[value="${value}"]:checked`)) return;
        await press('ArrowDown');
      }
      throw new Error(`${name} has no ${value}`);
    },
    attach: async (selector, file) => {
      await tabTo(page, selector);
      // Of two windows that ask for a file at once Chromium serves one.
      for (let tries = 0; tries < 4; tries += 1) {
        const chooser = page.waitForEvent('filechooser', { timeout: 3_000 }).catch(() => null);
        await press('Enter');
        const opened = await chooser;
        if (opened) return opened.setFiles(file);
      }
      throw new Error(`${selector} asks for no file`);
    },
  };
}

/** Touches each thing; nothing of a script is waited for. */
export function byTouch(page) {
  const open = (selector) => page.locator(selector).locator('visible=true').first().click();
  const send = (selector) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), open(selector)]);
  return {
    follow: send, send, open,
    type: (selector, text) => page.fill(selector, text),
    choose: (selector, value) => page.selectOption(selector, value),
    pick: (name, value) => page.locator(`label:has(input[name="${name}"][value="${value}"])`).click(),
    attach: (selector, file) => page.setInputFiles(selector, file),
  };
}
