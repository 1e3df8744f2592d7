import { type ClassValue, clsx } from 'clsx';
import { twMerge } from 'tailwind-merge';

/** Joins Tailwind classes; of two that set the same property the later one wins, so a caller's `className` counts. */
export function classNames(...values: ClassValue[]): string {
  return twMerge(clsx(values));
}
