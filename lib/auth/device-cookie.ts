import 'server-only';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { derivedKey } from './derived-key.ts';

/** Not used for so long, a browser is a stranger again. */
export const deviceLifetimeMs = 90 * 24 * 3_600_000;
/** People of one browser that are remembered. */
const mostAccounts = 5;

export type Account = { id: string; passwordHash: string };
type Entry = { id: string; madeAt: number; text: string };

/**
 * In which browsers somebody has signed in before: a cookie that says so, signed, per account and password. A new password
 * ends what was made for the old one. After OWASP's "device cookies"
 * (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
 * @returns what tries from this browser are counted by; undefined where it is not known for this account
 */
export function readDevice(cookie: string | undefined, account: Account, now: number): string | undefined {
  return entriesOf(cookie).find((entry) => isFor(entry, account, now))?.id;
}

/** The cookie's value from now on: this account beside the others of the browser, the latest first. */
export function writeDevice(cookie: string | undefined, account: Account, now: number): string {
  const known = readDevice(cookie, account, now);
  const id = known ?? randomBytes(16).toString('base64url');
  const others = entriesOf(cookie).filter((entry) => entry.id !== id);
  const mine = `${id}.${now}.${sign(account, id, now).toString('base64url')}`;
  return [mine, ...others.map(({ text }) => text)].slice(0, mostAccounts).join('~');
}

function isFor({ id, madeAt, text }: Entry, account: Account, now: number): boolean {
  if (madeAt > now || now - madeAt > deviceLifetimeMs) return false;
  const given = Buffer.from(text.split('.')[2] ?? '', 'base64url');
  const right = sign(account, id, madeAt);
  return given.length === right.length && timingSafeEqual(given, right);
}

function sign(account: Account, id: string, madeAt: number): Buffer {
  const said = JSON.stringify([account.id, account.passwordHash, id, madeAt]);
  return createHmac('sha256', derivedKey('device cookie')).update(said).digest();
}

function entriesOf(cookie: string | undefined): Entry[] {
  const texts = (cookie ?? '').slice(0, 1_000).split('~').slice(0, mostAccounts);
  return texts.flatMap((text) => {
    const match = /^([A-Za-z0-9_-]{22})\.(\d{13})\.[A-Za-z0-9_-]{43}$/.exec(text);
    return match?.[1] ? [{ id: match[1], madeAt: Number(match[2]), text }] : [];
  });
}
