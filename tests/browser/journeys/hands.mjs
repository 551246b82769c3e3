// Owns: how a person uses a page: by the keyboard alone, seeing where they are, or by touch. Doesn't own: what for.
import { focused, tabTo } from './keyboard.mjs';

/** More choices than any list has. */
const MANY = 80;

let turn = Promise.resolve();

/** Of two windows that ask for a file at once Chromium serves one. */
function oneAtATime(ask) {
  const asked = turn.then(ask);
  turn = asked.catch(() => {});
  return asked;
}

/** Goes to each thing by Tab, which must be seen, and uses it by a key. */
export function byKeyboard(page) {
  // Listened for from the start: what tells Chromium to hand a chooser over to us must be there before a key asks for one.
  page.on('filechooser', () => {});
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
      const [chooser] = await oneAtATime(() => Promise.all([page.waitForEvent('filechooser'), press('Enter')]));
      await chooser.setFiles(file);
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
