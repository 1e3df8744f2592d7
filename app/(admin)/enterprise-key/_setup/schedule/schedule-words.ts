/** The words of the step When and what. */
export const scheduleWords = {
  help: 'What does this date mean?',
  when: 'When encryption with your key starts',
  until: 'Until then the platform key is used, and you can still edit and test the key.',
  now: 'As soon as you proceed in Review.',
  noZone: 'No time zone matches. Try a city or a country.',
  readingZones: 'Loading time zones…',
  appsTitle: 'Apps and Bots',
  apps: 'New data of these is encrypted with your key. Stored data is re-encrypted.',
  noApps: 'Select at least one app or bot.',
} as const;
