export const simulator = 'simulator';
