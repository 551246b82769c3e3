// Owns: telling pages apart by what axe-core judges: elements, classes, roles, states and what refers to what, but not what
// the words say, in which language, or how many rows of a kind there are. Doesn't own: judging them (`lib.mjs`).
import { createHash } from 'node:crypto';
import { faults, overflow } from './lib.mjs';

/** Run in the page: its structure as a text. Whether something has words shows, and which labels are alike. */
function structure() {
  const labels = new Map();
  const alike = (text) => {
    const label = text.trim();
    if (label && !labels.has(label)) labels.set(label, labels.size);
    return label && labels.get(label);
  };
  const plain = (text) => text.replaceAll(/[\w-]{32,}/g, 'token').replaceAll(/vv[a-z]+/g, 'name').replaceAll(/\d+/g, '0');
  // What they say is for people; that they say it is what counts.
  const words = new Set(['title', 'alt', 'placeholder', 'value', 'lang', 'hreflang', 'href', 'src', 'action', 'content', 'datetime', 'd']);
  const attribute = ({ name, value }) => {
    if (['aria-label', 'title', 'alt'].includes(name)) return `${name}=${alike(value)}`;
    return words.has(name) || name.startsWith('data-') ? `${name}${value.trim() ? '' : ' empty'}` : `${name}=${plain(value)}`;
  };
  const told = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? 'words' : '';
    if (node.nodeType !== Node.ELEMENT_NODE || ['SCRIPT', 'STYLE', 'LINK', 'META'].includes(node.tagName)) return '';
    const attributes = [...node.attributes].map(attribute).sort().join(' ');
    const children = node.namespaceURI.endsWith('svg') ? [] : [...node.childNodes].map(told).filter(Boolean);
    const different = children.filter((child, nth) => child !== children[nth - 1]);
    return `<${node.tagName} ${attributes}>${different.join('')}</>`;
  };
  return told(document.documentElement);
}

/**
 * Judges pages, each structure once at a width and in a scheme: `judge(page, {width, scheme})` gives what is wrong. What
 * depends on the words is looked at each time: text that runs out at the side, and what went wrong on the page.
 */
export function judges() {
  const [seen, counts] = [new Set(), { looks: 0, audits: 0 }];
  const judge = async (page, { width, scheme = 'light' }) => {
    counts.looks += 1;
    const text = await page.evaluate(structure);
    const mark = createHash('sha256').update(`${width} ${scheme} ${text}`).digest('base64');
    if (seen.has(mark)) {
      const wide = await overflow(page);
      return [...(wide > 0 ? [`the page is ${wide} px wider than the window`] : []), ...page.troubles.splice(0)];
    }
    seen.add(mark);
    counts.audits += 1;
    return faults(page, scheme);
  };
  return { judge, counts };
}
