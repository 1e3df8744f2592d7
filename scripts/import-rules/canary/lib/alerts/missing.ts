// @ts-expect-error There is no such file, which is the point: not-resolvable
export { nothing } from './nowhere.ts';
