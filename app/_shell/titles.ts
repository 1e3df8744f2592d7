/**
 * Titles of windows and tabs, from the inside out: "Versions · byok-prod · Enterprise Key · Acme · Keyward". A layout says where its pages
 * lie; a page in it names itself by a plain `title`, or by none where the layout's own place is all there is to say.
 * https://nextjs.org/docs/app/api-reference/functions/generate-metadata#template
 */
export function titleWithin(...places: string[]): { absolute: string; template: string } {
  // Next puts a page's title in the place of every "%s": a name that holds one must not be that place.
  const where = [...places, 'Keyward'].map((place) => place.replaceAll('%s', '% s')).join(' · ');
  return { absolute: where, template: `%s · ${where}` };
}
