/**
 * Texts and ARNs compared as IAM does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */

/** `${*}`, `${?}` and `${$}` in a policy are the characters themselves: they are kept apart by these. */
export const literals = { '*': '\ue000', '?': '\ue001', $: '\ue002' } as const;

/** `*` is any text, `?` any one character. It takes at most pattern by text steps, whatever is pasted. */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (place < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = place;
    } else if (at < pattern.length && (pattern[at] === '?' || plain(pattern[at]) === text[place])) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      at = star + 1;
      place = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Each of the six parts by itself: what has fewer parts matches no ARN. A lone `*` matches every one. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = arnParts(pattern);
  const given = arnParts(arn);
  if (wanted.length !== 6 || given.length !== 6) return false;
  return wanted.every((part, at) => matchesPattern(part, given[at] ?? ''));
}

/** Partition, service, region, account and the rest, whose colons belong to it. */
export function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Whether some text matches both patterns. */
export function patternsMeet(one: string, other: string): boolean {
  let row = new Array<boolean>(other.length + 1).fill(false);
  for (let at = one.length; at >= 0; at--) {
    const next = row;
    row = new Array<boolean>(other.length + 1).fill(false);
    for (let place = other.length; place >= 0; place--) {
      row[place] = meetAt(one[at], other[place], {
        both: next[place + 1] ?? false,
        one: next[place] ?? false,
        other: row[place + 1] ?? false,
      });
    }
  }
  return row[0] ?? false;
}

export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** A text in which a wildcard is only a character. */
export function plainText(text: string): string {
  return [...text].map((character) => plain(character)).join('');
}

/** `rest` says whether what is left meets after going on in both, in one, or in the other. */
function meetAt(
  one: string | undefined,
  other: string | undefined,
  rest: { both: boolean; one: boolean; other: boolean },
): boolean {
  if (one === undefined && other === undefined) return true;
  if (one === '*') return rest.one || (other !== undefined && rest.other);
  if (other === '*') return rest.other || (one !== undefined && rest.one);
  if (one === undefined || other === undefined) return false;
  return (one === '?' || other === '?' || plain(one) === plain(other)) && rest.both;
}

function plain(character: string | undefined): string {
  if (character === undefined || character < literals['*'] || character > literals.$) return character ?? '';
  return character === literals['*'] ? '*' : character === literals['?'] ? '?' : '$';
}
