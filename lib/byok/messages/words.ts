import { providerRules } from '#providers/rules.ts';
import { catalogue } from './catalogue.ts';
import type { Message, Sentences } from './message.ts';

/** The words of a message, none for none. Of one that this version does not know, its code is what can be told. */
export function wordsOf(message: Message | null): string {
  if (!message) return '';
  const sentence = find(message.code);
  if (!sentence) return `This version of Keyward has no words for “${message.code}”.`;
  return sentence(message.args as never, wordsOf);
}

/** A provider's codes are its ID, a slash, and a code of its own catalogue. */
function find(code: string): Sentences[string] | undefined {
  const slash = code.indexOf('/');
  if (slash < 0) return own<Sentences[string]>(catalogue, code);
  const rules = own<{ messages: Sentences }>(providerRules, code.slice(0, slash));
  return rules && own(rules.messages, code.slice(slash + 1));
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
