/**
 * Labels that administrators give a key here. They are stored here alone and sent to no key service, so their limits are Keyward's
 * own and the same for every provider: enough for what people write, and few enough to be read. What a provider tells of labels
 * that the key has with it is in its facts (key-facts.ts).
 */

import type { Tag } from './tags-text.ts';
import { hiddenProblem, visible } from './visible-text.ts';
import * as z from './zod-config.ts';

const maxTags = 50;
const maxKeyLength = 128;
const maxValueLength = 256;

const tagSchema = z.object({ key: z.string(), value: z.string() });

/** Each is checked with the others, so that the sentence can name it. */
const shownTagSchema = z.object({ key: z.string().meta({ shown: true }), value: z.string().meta({ shown: true }) });

/** As text, one `key=value` a line, or as a list. */
export const tagsSchema = z
  .union([z.string().max(25_000).meta({ shown: true }), z.array(shownTagSchema).max(1_000)])
  .transform((given, context) => {
    const read = typeof given === 'string' ? readTags(given) : checkTags(given.map(trimmed));
    if (read.ok) return read.tags;
    context.addIssue({ code: 'custom', message: read.message });
    return z.NEVER;
  });

/** What is stored; nothing where it cannot be read. */
export function storedTags(stored: unknown): Tag[] {
  const parsed = z.array(tagSchema).safeParse(stored);
  return parsed.success ? parsed.data.map(({ key, value }) => ({ key: visible(key), value: visible(value) })) : [];
}

type Read = { ok: true; tags: Tag[] } | { ok: false; message: string };

function readTags(text: string): Read {
  const lines = text.split('\n').map((line) => line.trim());
  return checkTags(
    lines
      .filter((line) => line !== '')
      .map((line) => {
        const at = line.indexOf('=');
        return trimmed(at < 0 ? { key: line, value: '' } : { key: line.slice(0, at), value: line.slice(at + 1) });
      }),
  );
}

function trimmed({ key, value }: Tag): Tag {
  return { key: key.trim(), value: value.trim() };
}

function checkTags(tags: Tag[]): Read {
  const no = (message: string): Read => ({ ok: false, message });
  if (tags.length > maxTags) return no(`Use at most ${maxTags} tags; these are ${tags.length}.`);
  const known = new Set<string>();
  for (const { key, value } of tags) {
    if (key === '') return no(`“=${value}” has no key. Write a tag as key=value.`);
    if (key.includes('=')) return no(`The key “${key}” contains “=”. Use another.`);
    if (key.length > maxKeyLength)
      return no(`The key “${key.slice(0, 20)}…” is longer than ${maxKeyLength} characters.`);
    if (value.length > maxValueLength) return no(`The value of “${key}” is longer than ${maxValueLength} characters.`);
    const problem = hiddenProblem(key + value);
    if (problem) return no(`The tag “${visible(key)}”: ${problem}`);
    if (known.has(key)) return no(`The key “${key}” appears twice. Each tag needs its own key.`);
    known.add(key);
  }
  return { ok: true, tags };
}
