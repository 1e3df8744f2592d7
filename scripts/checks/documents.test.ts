import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../project-root.ts';

/** Of git, so that what builds and tests leave behind is none. New files count before they are added. */
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: projectRoot,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '');
const there = new Set([...files.flatMap(withFolders), 'lib/db/generated']);
const topFolders = new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
const documents = files.filter((path) => path.endsWith('.md'));

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(projectRoot, document), 'utf8');

  it('has no link that leads nowhere', () => {
    const targets = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
    expect(targets.filter((target) => !/^([a-z]+:|#)/.test(target) && !there.has(from(document, target)))).toEqual([]);
  });

  it('names no file that is not there', () => {
    expect(inBackticks(text).filter((name) => !isThere(document, name))).toEqual([]);
  });
});

it('would notice a wrong name: both kinds are found in the documents', () => {
  const names = documents.flatMap((document) => inBackticks(readFileSync(join(projectRoot, document), 'utf8')));
  expect(names.filter(isPath).length).toBeGreaterThan(20);
  expect(names.filter((name) => !isPath(name)).length).toBeGreaterThan(50);
  expect(isThere('README.md', 'lib/no-such-folder/')).toBe(false);
  expect(isThere('lib/byok/README.md', 'no-such-file.ts')).toBe(false);
});

/** What stands in backticks and looks like a file or folder of ours; blocks of code are left out. */
function inBackticks(text: string): string[] {
  const words = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([\w./()[\]-]+)`/g);
  return Array.from(words, ([, word = '']) => word).filter((word) => isPath(word) || isSource(word));
}

/** From the project's root. */
function isPath(name: string): boolean {
  return name.includes('/') && topFolders.has(name.split('/')[0]);
}

function isSource(name: string): boolean {
  return /\w\.(ts|tsx|mjs|md|prisma|css)$/.test(name);
}

/** A path from the root, or from the document's folder; a name without its path may be of any folder. */
function isThere(document: string, name: string): boolean {
  const wanted = name.replace(/\/$/, '');
  if (isPath(wanted) || isPath(name)) return there.has(wanted);
  return there.has(from(document, wanted)) || files.some((path) => path.endsWith(`/${wanted}`) || path === wanted);
}

function from(document: string, target: string): string {
  return normalize(join(dirname(document), target.replace(/#.*/, ''))).replace(/\/$/, '');
}

function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
