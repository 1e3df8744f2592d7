import { AwsError } from '../errors.ts';
import { type Input, optionalInteger, optionalText } from './input.ts';

/** The part of a list that Limit and Marker ask for, with Truncated and NextMarker for the answer. */
export function page<T>(
  input: Input,
  all: readonly T[],
  usual: number,
  max: number,
): { items: T[]; rest: { Truncated: boolean; NextMarker?: string } } {
  const limit = optionalInteger(input, 'Limit', 1, max) ?? usual;
  const marker = optionalText(input, 'Marker') ?? '0';
  if (!/^\d{1,9}$/.test(marker))
    throw new AwsError('InvalidMarkerException', 'The marker is not one that was given out.');
  const end = Number(marker) + limit;
  const truncated = end < all.length;
  return {
    items: all.slice(Number(marker), end),
    rest: truncated ? { Truncated: true, NextMarker: String(end) } : { Truncated: false },
  };
}
