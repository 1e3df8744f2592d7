import type { ComboboxOption } from '#components/form/combobox-field.tsx';

export type TimeZone = {
  /** Canonical, of the IANA. */
  name: string;
  /** Minutes east of UTC, today. */
  offset: number;
  /** Other names that mean the same: of before, or of places that go with it. */
  also: string[];
  /** What people look for it by. */
  words: string;
};

/** The person's own first, then UTC, then the others by name. A saved one that is not in the list stays to be chosen. */
export function timeZoneChoices(zones: readonly TimeZone[], own: string, saved = ''): ComboboxOption[] {
  const canonical = canonicalName(zones, own);
  const others = zones.filter(({ name }) => name !== canonical && name !== 'UTC').sort(byName);
  const first = [canonical, 'UTC'].flatMap((name) => zones.find((zone) => zone.name === name) ?? []);
  const listed = [...new Set([...first, ...others])].map(toOption);
  const unlisted = [own, saved].filter((name) => name !== '' && !zones.some((zone) => isCalled(zone, name)));
  return [...new Set(unlisted)].map((name) => ({ value: name, label: name })).concat(listed);
}

/** Browsers tell some zones by names of before (Asia/Calcutta). One that is not known stays as it is. */
export function canonicalName(zones: readonly TimeZone[], name: string): string {
  return zones.find((zone) => isCalled(zone, name))?.name ?? name;
}

function isCalled({ name, also }: TimeZone, wanted: string): boolean {
  return name === wanted || also.includes(wanted);
}

function toOption({ name, offset, also, words }: TimeZone): ComboboxOption {
  return { value: name, label: `${name} (UTC${offsetWords(offset)})`, words: [words, ...also].join(' ') };
}

/** "+05:30" */
function offsetWords(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '−' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

function byName(one: TimeZone, other: TimeZone): number {
  return one.name.localeCompare(other.name, 'en');
}
