import 'server-only';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Comparing grows with the length; whatever is guessed in so many characters is not saved by those that follow. */
const charactersCompared = 100;
/** What an attacker who knows lists and habits guesses in less is refused: "somewhat guessable" of zxcvbn's scale ends here. */
const leastGuesses = 1e8;

let loaded: Promise<ZxcvbnFactory> | undefined;

/**
 * Whether a password is known from leaks, or is so like one that it would be among the first to be guessed. Asked offline: the
 * list lies in the package. @param about words that an attacker would try first, such as the person's address
 * @returns a sentence to stand beside the field; undefined where there is nothing to say
 */
export async function weaknessOf(password: string, about: readonly string[]): Promise<string | undefined> {
  loaded ??= load();
  const compared = password.slice(0, charactersCompared);
  const words = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2);
  const { guesses, sequence } = (await loaded).check(compared, words);
  const leaked = sequence.find((part) => 'dictionaryName' in part && part.dictionaryName === 'passwords-common');
  if (leaked && leaked.token.length === compared.length)
    return 'This password is known from leaks and easy to guess. Choose another.';
  if (guesses < leastGuesses)
    return 'This password contains parts that are easy to guess: known passwords, names, sequences or repeats. Choose several unrelated words.';
  return undefined;
}

/** On first use: the list takes a moment, and most processes never compare anything. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Factory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new Factory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
}
