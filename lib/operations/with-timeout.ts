import { Refusal } from '../byok/errors.ts';

/**
 * What `work` comes to, or the refusal `unavailable` after `ms`: a database that takes a question and never answers it
 * would otherwise keep whoever asked for ever. The work itself is left to end by itself, and must be harmless then.
 */
export async function withTimeout<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal('unavailable')), ms);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
