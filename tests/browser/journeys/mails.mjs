// Owns: the mails that the demo shows instead of sending them, and what people do off stage, in requests of their own.
// Doesn't own: any browser.
import { get } from 'node:http';

/** The link that fits in the newest mail to an address. */
export async function mailed({ main }, address, pattern) {
  for (let tries = 0; tries < 150; tries += 1) {
    const { body } = await fetched(main, '/mails');
    const mails = body.split('<article').filter((mail) => mail.includes(`→ ${address} `));
    for (const mail of mails) {
      const [link] = mail.match(pattern) ?? [];
      if (link) return link;
    }
    await new Promise((later) => { setTimeout(later, 200); });
  }
  throw new Error(`no such mail to ${address}`);
}

/** Somebody at the desk opens the application of that address; true when there is one for them. */
export async function opened(base, cookies, address) {
  const { body } = await fetched(base, `/desk/applications?q=${encodeURIComponent(address)}`, cookies);
  const [, path] = body.match(/href="(\/desk\/applications\/[0-9a-f]{32})/) ?? [];
  return path ? (await fetched(base, path, cookies)).status === 200 : false;
}

/** What is answered at an address; only a browser knows that `….localhost` is here. */
export function fetched(base, path, cookies = []) {
  const { host, port } = new URL(base);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers: { host, cookie } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (some) => { body += some; });
      answer.on('end', () => resolve({ status: answer.statusCode, type: answer.headers['content-type'] ?? '', body }));
    });
    request.on('error', reject);
  });
}
