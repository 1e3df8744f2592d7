import { countOf } from '#lib/byok/format.ts';
import { visible } from '#lib/byok/visible-text.ts';
import { alertText } from './key-sentences.ts';
import {
  act,
  appsWords,
  countIn,
  type Entry,
  entered,
  named,
  say,
  type Told,
  textIn,
  theApp,
  theKey,
  valueIn,
} from './sentence.ts';

/** Apps and bots, their data keys, and what is encrypted and opened. */
export const appSentences = {
  'create-app': {
    did: ({ event: { after } }) =>
      say`created the ${textIn(after, 'kind') === 'bot' ? 'bot' : 'app'} ${entered(after, 'name', 'of a tenant')}`,
    tries: () => ['create an app'],
  },
  'assign-app': {
    did: (told) => {
      const { before, after } = told.event;
      const to = entered(after, 'protectedBy', 'another key');
      return say`moved ${theApp(told)} from ${entered(before, 'protectedBy', 'a key')} to ${to}`;
    },
    tries: (told) => say`change the key of ${theApp(told)}`,
  },
  'update-apps': {
    did: (told) => {
      const added = countIn(told.event.after, 'added') ?? 0;
      const removed = countIn(told.event.after, 'removed') ?? 0;
      if (added > 0 && removed > 0)
        return say`added ${appsWords(added)} to ${theKey(told)} and removed ${appsWords(removed)}`;
      if (removed > 0) return say`removed ${appsWords(removed)} from ${theKey(told)}`;
      return added > 0
        ? say`added ${appsWords(added)} to ${theKey(told)}`
        : say`left the apps of ${theKey(told)} as they are`;
    },
    tries: (told) => say`change the apps of ${theKey(told)}`,
  },
  'finish-update-apps': {
    tells: (told) =>
      say`The change of apps of ${theKey(told)} is complete: ${appsWords(countIn(told.event.after, 'apps') ?? 0)} moved`,
  },
  'update-apps-failed': { tells: (told) => say`The change of apps of ${theKey(told)} is stuck. ${alertText(told)}` },
  'rekey-app': {
    did: (told) => say`started to replace the data key of ${theApp(told)}${rekeyCause(told)}`,
    tries: (told) => say`replace the data key of ${theApp(told)}`,
  },
  'finish-rekey': {
    tells: (told) =>
      told.event.target === null ? ['A data key was replaced'] : say`A data key under ${theKey(told)} was replaced`,
  },
  'rekey-failed': { tells: (told) => say`The replacement of a data key is stuck. ${alertText(told)}` },
  'validate-apps': {
    did: (told) => {
      const { after } = told.event;
      const [apps, tried, opened] = ['apps', 'tried', 'opened'].map((field) => countIn(after, field) ?? 0);
      const result = opened === tried ? 'all records opened' : `${opened} of ${countOf(tried ?? 0, 'record')} opened`;
      return say`validated ${appsWords(apps ?? 0)} of ${theKey(told)}: ${result}`;
    },
    tries: (told) => say`validate the apps of ${theKey(told)}`,
  },
  'open-recent-records': {
    did: (told) => say`opened ${countOf(countIn(told.event.after, 'records') ?? 0, 'record')} of ${theApp(told)}`,
    tries: (told) => say`open records of ${theApp(told)}`,
  },
  'check-authorization-profile': {
    did: (told) => {
      const profile = entered(told.event.after, 'profile', 'an authorization profile');
      const matches = valueIn(told.event.after, 'matches') === true;
      return say`tested the login of ${profile}: it ${matches ? 'matches' : 'does not match'}`;
    },
    tries: (told) => say`test the login of ${named(told.event.target, 'authorization-profile', told)}`,
  },
  'encrypt-items': act('encrypted', 'encrypt', (told) => say`data of ${theApp(told)}`),
  'decrypt-items': act('decrypted', 'decrypt', (told) => say`data of ${theApp(told)}`),
  'encrypt-stream': act('encrypted', 'encrypt', (told) => say`a stream of ${theApp(told)}`),
  'decrypt-stream': act('decrypted', 'decrypt', (told) => say`a stream of ${theApp(told)}`),
  'lease-data-key': {
    did: (told) => {
      const until = textIn(told.event.after, 'until');
      return say`leased a data key of ${theApp(told)}${until ? say` until ${{ at: until }}` : ''}`;
    },
    tries: (told) => say`lease a data key of ${theApp(told)}`,
  },
} as const satisfies Record<string, Entry>;

function rekeyCause({ event: { after } }: Told): string {
  const cause = textIn(after, 'cause');
  if (cause === undefined || cause === 'request') return '';
  return ` because of its ${visible(cause)}`;
}
