// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeSureOf } from './sure-arrival.ts';

const taken: string[] = [];
const take = (href: string) => void taken.push(href);

beforeEach(() => {
  taken.length = 0;
  vi.useFakeTimers();
  window.history.replaceState(null, '', '/form');
});
afterEach(() => vi.useRealTimers());

it('takes somebody on who has not left', () => {
  makeSureOf('/next', take);
  vi.advanceTimersByTime(2_900);
  expect(taken).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(taken).toEqual(['/next']);
  vi.advanceTimersByTime(10_000);
  expect(taken).toHaveLength(1);
});

it('leaves somebody alone who arrived, or who went elsewhere', () => {
  for (const place of ['/next', '/elsewhere']) {
    window.history.replaceState(null, '', '/form');
    makeSureOf('/next', take);
    vi.advanceTimersByTime(100);
    window.history.pushState(null, '', place);
    vi.advanceTimersByTime(10_000);
  }
  expect(taken).toEqual([]);
});

it('leaves somebody where they are who arrived and came back at once', () => {
  makeSureOf('/next', take);
  vi.advanceTimersByTime(100);
  window.history.pushState(null, '', '/next');
  vi.advanceTimersByTime(100);
  window.history.pushState(null, '', '/form');
  vi.advanceTimersByTime(10_000);
  expect(taken).toEqual([]);
});

it('watches over the last navigation alone, and over none to where one is', () => {
  makeSureOf('/first', take);
  makeSureOf('/second', take);
  vi.advanceTimersByTime(4_000);
  expect(taken).toEqual(['/second']);
  makeSureOf('/form', take);
  vi.advanceTimersByTime(4_000);
  expect(taken).toHaveLength(1);
});
