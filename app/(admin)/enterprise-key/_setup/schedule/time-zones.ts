import 'server-only';
import { getTimeZones } from '@vvo/tzdb';
import type { TimeZone } from './time-zone-choices.ts';

/** The zones of the world by their canonical names, with today's offsets. A table of 1 MB: it stays on the server. */
export function timeZones(): TimeZone[] {
  return getTimeZones({ includeUtc: true }).map((zone) => {
    const { name, group, alternativeName, mainCities, countryName, currentTimeOffsetInMinutes: offset } = zone;
    return {
      name: name === 'Etc/UTC' ? 'UTC' : name,
      offset,
      also: group.filter((other) => other !== name && other !== 'UTC'),
      words: [alternativeName, ...mainCities.slice(0, 2), countryName].filter(Boolean).join(' '),
    };
  });
}
