/**
 * What is to be said, as it is stored and sent: which sentence, and what it is about, by name. The words are made where they
 * are shown, by `wordsOf`; nothing compares words.
 */
import * as z from '../zod-config.ts';

export type Argument = string | number | boolean | null | Message | readonly Argument[];
export type Message = { code: string; args: { readonly [name: string]: Argument } };

/** Makes the words of a message within a message. */
export type Say = (message: Message) => string;
/** Sentences by the code of their message, each made of its arguments. */
export type Sentences = Record<string, (args: never, say: Say) => string>;

/** What a sentence of a catalogue has to be given: its arguments, or nothing. */
export type ArgumentsOf<S extends Sentences[string]> = Parameters<S> extends [infer A, ...unknown[]] ? [args: A] : [];

const argumentSchema: z.ZodType<Argument> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), messageSchema, z.array(argumentSchema)]),
);
const shape = { code: z.string(), args: z.record(z.string(), argumentSchema) };
export const messageSchema: z.ZodType<Message> = z.object(shape);
const nothingElse: z.ZodType<Message> = z.strictObject(shape);

/** Words that were stored as words: by versions before messages, or by whoever else made them. They are shown as they are. */
export function said(text: string): Message {
  return { code: 'said', args: { text } };
}

/**
 * A message out of the database.
 * @param text of a row that was written when words were stored
 * @returns null where nothing was said
 */
export function storedMessage(stored: unknown, text: string | null = null): Message | null {
  const message = messageSchema.safeParse(stored);
  if (message.success) return message.data;
  return text ? said(text) : null;
}

/** Whether something that was read is a message, and nothing beside it. */
export function isMessage(value: unknown): value is Message {
  return nothingElse.safeParse(value).success;
}

/** Whether two messages say the same, whatever the order of their arguments. */
export function isSameMessage(one: Message | null, other: Message | null): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: Argument | undefined): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const { code, args } = value as Message;
  const names = Object.keys(args).sort();
  return [code, names.map((name) => [name, ordered(args[name])])];
}
