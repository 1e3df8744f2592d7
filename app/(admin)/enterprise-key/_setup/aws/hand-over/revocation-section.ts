import { type RevocationShape, revocationWords } from '#lib/byok/aws/revocation.ts';

/** What takes the key away from us, and what does not, as a section of a hand-over. */
export function revocationSection(shape: RevocationShape): string[] {
  const { takes, doesNot } = revocationWords(shape);
  const list = (sentences: readonly string[]) => sentences.map((sentence) => `- ${sentence}`).join('\n');
  return [
    '## To revoke access',
    'You can do this at any time. The vendor can then no longer read the data under the key. Any one of these is enough:',
    list(takes),
    ...(doesNot.length > 0 ? ['These do not revoke access:', list(doesNot)] : []),
  ];
}
