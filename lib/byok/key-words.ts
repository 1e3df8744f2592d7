/** What people call an enterprise key, whatever provider it is of. */
import { shownText } from './shown-text.ts';

export const aliasSchema = shownText({
  min: [1, 'Enter a name for the key.'],
  max: [64, 'Use at most 64 characters.'],
});
export const descriptionSchema = shownText({ max: [500, 'Use at most 500 characters.'] });
