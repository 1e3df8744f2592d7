import { shownText } from '../../byok/shown-text.ts';

/** A name that people read: of a tenant or of an app. */
export const nameInput = shownText({ min: [1, 'Enter a name.'], max: [120, 'Use at most 120 characters.'] });

export const noSlug = 'Enter a reference: this name cannot be turned into one.';
