export const guide = 1;
