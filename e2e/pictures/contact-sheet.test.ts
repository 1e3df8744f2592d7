import { expect, it } from 'vitest';
import { contactSheet } from './contact-sheet.ts';
import type { Shot } from './shots.ts';

const shot: Shot = {
  chapter: 'Normal',
  screen: '/apps',
  state: 'normal',
  look: 'light 1280',
  at: 1,
  words: 212,
  controls: 14,
  height: 908,
  notes: [],
  faults: [],
};
const narrow: Shot = { ...shot, look: 'light 360', words: 200, height: 1170 };

it('counts words and controls of a screen once, as the first look shows it, and each height', () => {
  const { table } = contactSheet([shot, narrow], []);
  expect(table).toContain('| /apps | normal | 212 | 14 | 908 at 1280, 1170 at 360 |  |');
});

it('says in which look axe found something, and what stands out of view', () => {
  const faulty = { ...narrow, faults: ['color-contrast: <a href="/x">'], notes: ['out of view: Save'] };
  const { page, table } = contactSheet([shot, faulty], []);
  expect(table).toContain('light 360: color-contrast: &lt;a href="/x">; light 360: out of view: Save');
  expect(page).toContain('color-contrast: &lt;a href=&quot;/x&quot;&gt;');
});

it('shows each picture with what it is of, in chapters, without a script', () => {
  const { page } = contactSheet([{ ...shot, chapter: 'Revoked', state: 'revoked' }, shot], []);
  expect(page).toContain(
    '<img alt="/apps, normal, light 1280" loading="lazy" src="shots/normal-apps-normal-light-1280.png">',
  );
  expect(page.indexOf('<h2>Normal</h2>')).toBeLessThan(page.indexOf('<h2>Revoked</h2>'));
  expect(page).not.toContain('<script');
});

it('names a state that was not reached, with why', () => {
  const { page, table } = contactSheet(
    [],
    [{ chapter: 'Missing', screen: 'paused', at: 1, why: 'It is not there.\nAt all.' }],
  );
  expect(table).toContain('- paused: It is not there.');
  expect(page).toContain('<b>paused</b><pre>It is not there.\nAt all.</pre>');
});
