/**
 * Characters that cannot be seen or that look like others, by their names, and those that no policy may hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */

/** `no-break space (U+00A0)`, with the character itself where one sees it. */
export function nameOfCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = names[character] ?? (isInvisible(character) ? 'invisible character' : 'character');
  return isInvisible(character) ? `${name} (${code})` : `${name} ${character} (${code})`;
}

/** Space of another kind than the plain one, control and format characters. */
export function isInvisible(character: string): boolean {
  return /^[\p{Z}\p{C}]$/u.test(character) && !/^[ \t\r\n]$/.test(character);
}

/** The first character that IAM and KMS take in no policy: tab, line ends, and U+0020 to U+00FF are all they take. */
export function forbiddenIn(text: string): string | undefined {
  return /[^\t\n\r\u0020-\u00ff]/u.exec(text)?.[0];
}

const names: Readonly<Record<string, string>> = {
  '\u00a0': 'no-break space',
  '\u00ad': 'soft hyphen',
  '\u2007': 'figure space',
  '\u2009': 'thin space',
  '\u200a': 'hair space',
  '\u200b': 'zero-width space',
  '\u200c': 'zero-width non-joiner',
  '\u200d': 'zero-width joiner',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u2010': 'hyphen of a word processor',
  '\u2011': 'non-breaking hyphen',
  '\u2012': 'figure dash',
  '\u2013': 'en dash',
  '\u2014': 'em dash',
  '\u2018': 'quotation mark of a word processor',
  '\u2019': 'apostrophe of a word processor',
  '\u201c': 'quotation mark of a word processor',
  '\u201d': 'quotation mark of a word processor',
  '\u2026': 'ellipsis of a word processor',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\u202f': 'narrow no-break space',
  '\u2060': 'word joiner, which has no width,',
  '\u2212': 'minus sign',
  '\u3000': 'ideographic space',
  '\ufeff': 'zero-width no-break space',
};
