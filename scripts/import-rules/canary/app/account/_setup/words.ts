export const words = 'a second feature of that name';
