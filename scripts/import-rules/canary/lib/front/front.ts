export const front = 'front';
