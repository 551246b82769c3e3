// Owns: going about a page by Tab as a person does, who must see where they are and must get out of everything.

/** More stops than any page has. */
const MANY = 400;

/** Whether the focus is on what `selector` finds. */
export const focused = (page, selector) => page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector);

/** Throws unless what has the focus shows it: an outline of its own or of what is drawn for it, within the window. */
export async function seen(page) {
  const lost = await page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body || at.tagName === 'IFRAME') return null;
    const drawn = [at, at.parentElement, at.closest('label'), at.nextElementSibling].filter(Boolean).map((element) => getComputedStyle(element));
    // A card's link is drawn all over the card.
    drawn.push(getComputedStyle(at, '::after'));
    const outlined = drawn.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
    const { top, bottom, left, right } = at.getBoundingClientRect();
    const within = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    return outlined && within ? null : `${outlined ? 'outside the window' : 'no outline'}: ${at.outerHTML.slice(0, 200)}`;
  });
  if (lost) throw new Error(`the focus isn’t seen, ${lost}`);
}

/**
 * Whether the focus stays on what `selector` finds. A frame that is still loading answers a Tab late, and puts the focus
 * on what comes after it, wherever it has got to: past a frame we look again, as a person does.
 */
async function stays(page, selector) {
  const pastAFrame = await page.evaluate(() => {
    const frame = document.querySelector('iframe');
    return frame !== null && (frame.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  });
  if (!pastAFrame) return true;
  await page.waitForTimeout(300);
  return focused(page, selector);
}

/** Presses Tab until the focus is on what `selector` finds. */
export async function tabTo(page, selector) {
  for (let stop = 0; stop < MANY; stop += 1) {
    if ((await focused(page, selector)) && (await stays(page, selector))) return seen(page);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab doesn’t lead to ${selector}`);
}

/** Goes through the whole page by Tab until it is back at the start; throws where it can't get on. */
export async function tour(page) {
  const where = () =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll('*')];
      return { at: all.indexOf(document.activeElement), frame: document.activeElement?.tagName === 'IFRAME' };
    });
  await page.evaluate(() => { document.activeElement?.blur(); document.querySelector('.skip').focus(); });
  const start = await where();
  let [before, still] = [start, 0];
  for (let stop = 0; stop < MANY; stop += 1) {
    await page.keyboard.press('Tab');
    const now = await where();
    if (now.at === start.at) return;
    // A document in a frame has stops of its own.
    still = now.at === before.at ? still + 1 : 0;
    if (still > (now.frame ? 40 : 1)) throw new Error(`Tab is stuck at ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200))}`);
    await seen(page);
    before = now;
  }
  throw new Error(`after ${MANY} times Tab the page has no end`);
}
