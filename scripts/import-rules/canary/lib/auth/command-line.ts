export const commandLineCaller = 'command-line';
