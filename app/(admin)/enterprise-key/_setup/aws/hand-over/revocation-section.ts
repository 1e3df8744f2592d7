import { type RevocationShape, revocationWords } from '#lib/byok/aws/revocation.ts';

/** What takes the key away from us, and what does not, as a section of a hand-over. */
export function revocationSection(shape: RevocationShape): string[] {
  const { takes, doesNot } = revocationWords(shape);
  const list = (sentences: readonly string[]) => sentences.map((sentence) => `- ${sentence}`).join('\n');
  return [
    '## To take the key away again',
    'You can do so at any time; the data under the key can then no longer be read by the vendor. Any one of these is enough:',
    list(takes),
    ...(doesNot.length > 0 ? ['The following takes nothing away:', list(doesNot)] : []),
  ];
}
