/** Words that must not be found, in every dress that they might wear. */

export type Marker = { name: string; bytes: Buffer };

/** A piece of text; a secret that is kept as base64 is better given as the bytes that it stands for. */
export function marker(name: string, value: string | Buffer): Marker {
  const bytes = Buffer.from(value);
  if (bytes.length < 8) throw new Error(`The marker “${name}” is too short to be found for certain.`);
  return { name, bytes };
}

/** @returns the marker's name and its dress, for each that lies in what was given */
export function found(markers: readonly Marker[], haystack: Buffer | string, where: string): string[] {
  const bytes = typeof haystack === 'string' ? Buffer.from(haystack) : haystack;
  return markers.flatMap(({ name, bytes: needle }) =>
    dresses(needle)
      .filter(({ form }) => bytes.includes(form))
      .map(({ dress }) => `${name} in ${where}, as ${dress}`),
  );
}

type Dress = { dress: string; form: Buffer };
const known = new WeakMap<Buffer, Dress[]>();

function dresses(bytes: Buffer): Dress[] {
  const before = known.get(bytes);
  if (before) return before;
  const text = bytes.toString('utf8');
  const all = [
    { dress: 'it is', form: bytes },
    ...inMarkup(text).map((form) => ({ dress: 'markup or JSON', form: Buffer.from(form) })),
    { dress: 'hex', form: Buffer.from(bytes.toString('hex')) },
    { dress: 'hex in capitals', form: Buffer.from(bytes.toString('hex').toUpperCase()) },
    ...[0, 1, 2].flatMap((offset) => {
      const form = base64At(bytes, offset);
      return [form, form.replaceAll('+', '-').replaceAll('/', '_')].map((it) => ({
        dress: 'base64',
        form: Buffer.from(it),
      }));
    }),
  ];
  known.set(bytes, all);
  return all;
}

/** As it stands in JSON, in HTML, and in JSON within HTML. */
function inMarkup(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const twice = JSON.stringify(json).slice(1, -1);
  return [...new Set([json, twice, asHtml(text), asHtml(json)])].filter((form) => form !== text);
}

function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The digits that depend on these bytes alone, when `offset` bytes modulo three stand before them. */
function base64At(bytes: Buffer, offset: number): string {
  const digits = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return digits.slice(offset === 0 ? 0 : offset + 1, Math.floor(((bytes.length + offset) * 8) / 6));
}
