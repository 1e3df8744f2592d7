export const engine = 'of development';
