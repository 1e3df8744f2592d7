import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IModule } from 'dependency-cruiser';

/**
 * What a module marked 'use client' imports goes to browsers, and whatever that imports, up to modules marked
 * 'use server', of which browsers get a reference only. Of lib/ that may be lib/byok alone.
 * Answers one line per module that should not get there, with the way.
 */
export function serverCodeInBrowsers(modules: readonly IModule[], root: string): string[] {
  const bySource = new Map(modules.map((module) => [module.source, module]));
  const problems: string[] = [];
  for (const { source } of modules.filter((module) => directive(root, module.source) === 'use client')) {
    const seen = new Set<string>();
    const visit = (path: readonly string[]): void => {
      const current = path.at(-1) ?? '';
      if (seen.has(current)) return;
      seen.add(current);
      if (/^lib\/(?!byok\/)/.test(current) || current.startsWith('scripts/')) {
        problems.push(`server-code-in-browsers: ${path.join(' -> ')}`);
        return;
      }
      if (path.length > 1 && directive(root, current) === 'use server') return;
      for (const { resolved, dependencyTypes } of bySource.get(current)?.dependencies ?? []) {
        if (!dependencyTypes.includes('type-only') && !resolved.startsWith('node_modules/')) visit([...path, resolved]);
      }
    };
    visit([source]);
  }
  return problems;
}

/** The directive that a file begins with, comments aside. */
function directive(root: string, source: string): string | undefined {
  const file = join(root, source);
  if (!/^(app|components)\//.test(source) || !/\.tsx?$/.test(source) || !existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8').replace(/^(\s|\/\*[\s\S]*?\*\/|\/\/.*\n)*/, '');
  return /^(['"])(use client|use server)\1/.exec(text)?.[2];
}
