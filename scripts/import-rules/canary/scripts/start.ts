import fastCheck from 'fast-check';

export const broken = fastCheck;
