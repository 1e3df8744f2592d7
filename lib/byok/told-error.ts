import { type ErrorCode, errorWords } from './errors.ts';
import { anyService } from './providers.ts';

/** What a refusal is told in where nothing is known beyond its code, with the key service by its name where there is one. */
export function toldError(code: ErrorCode, service = anyService): { title: string; meaning: string; next: string } {
  const { title, meaning, next } = errorWords[code];
  return { title, meaning, next: code === 'key-revoked' ? nextThere(service) : next };
}

function nextThere(service: string): string {
  return `Enable the key in ${service}, or restore the permission, to make it readable again.`;
}
