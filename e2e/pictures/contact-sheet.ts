/** All pictures on one page, which needs no script, and what was counted in them as a table. */
import { chapters, type Missing, nameOf, type Shot } from './shots.ts';

type Row = { screen: string; state: string; shots: Shot[] };

export function contactSheet(shots: readonly Shot[], missing: readonly Missing[]): { page: string; table: string } {
  const sections = chapters.map((chapter) => ({
    chapter,
    rows: rowsOf(shots.filter((one) => one.chapter === chapter)),
  }));
  return { page: html(sections, missing), table: markdown(sections, missing) };
}

type Section = { chapter: string; rows: Row[] };

function rowsOf(shots: readonly Shot[]): Row[] {
  const rows = new Map<string, Row>();
  for (const shot of shots) {
    const { screen, state } = shot;
    const key = `${screen} ${state}`;
    const row = rows.get(key) ?? { screen, state, shots: [] };
    row.shots.push(shot);
    rows.set(key, row);
  }
  return [...rows.values()];
}

function markdown(sections: readonly Section[], missing: readonly Missing[]): string {
  const lines = [
    '| screen | state | words | controls | heights | to look at |',
    '| --- | --- | ---: | ---: | --- | --- |',
  ];
  for (const { rows } of sections)
    for (const { screen, state, shots } of rows) {
      const [first] = shots;
      if (!first) continue;
      const heights = new Map(shots.map(({ look, height }) => [look.replace(/^\w+ /, ''), height]));
      const told = new Set(
        shots.flatMap(({ faults, notes, look }) => [...faults, ...notes].map((it) => `${look}: ${it}`)),
      );
      const cells = [
        screen,
        state,
        first.words,
        first.controls,
        [...heights].map(([at, height]) => `${height} at ${at}`).join(', '),
        [...told].join('; '),
      ];
      lines.push(
        `| ${cells.map((cell) => String(cell).replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`,
      );
    }
  if (missing.length > 0)
    lines.push('', 'Not reached:', '', ...missing.map(({ screen, why }) => `- ${screen}: ${why.split('\n')[0]}`));
  return `${lines.join('\n')}\n`;
}

function html(sections: readonly Section[], missing: readonly Missing[]): string {
  const chapter = ({ chapter, rows }: Section) =>
    rows.length === 0 ? '' : `<h2>${asHtml(chapter)}</h2>${rows.map(rowHtml).join('')}`;
  const notReached = missing.map(({ screen, why }) => `<li><b>${asHtml(screen)}</b><pre>${asHtml(why)}</pre></li>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Keyward, every screen</title>
<style>
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { margin: 2rem; }
section { border-top: 1px solid #8886; padding: .75rem 0; }
h3 { margin: 0 0 .5rem; font-size: 1rem; }
.shots { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; }
figure { margin: 0; }
figure a { display: block; max-height: 32rem; overflow: hidden; border: 1px solid #8886; }
img { display: block; width: 20rem; }
.narrow img { width: 9rem; }
figcaption { font-size: .8rem; max-width: 20rem; }
.bad { color: #c22; font-weight: 600; }
pre { white-space: pre-wrap; }
</style>
<h1>Keyward, every screen</h1>
${notReached.length > 0 ? `<h2 class="bad">Not reached</h2><ul>${notReached.join('')}</ul>` : ''}
${sections.map(chapter).join('\n')}
</html>
`;
}

function rowHtml({ screen, state, shots }: Row): string {
  const figures = shots.map((shot) => {
    const file = `shots/${nameOf(shot)}.png`;
    const alt = `${screen}, ${state}, ${shot.look}`;
    const told = [...shot.faults, ...shot.notes].map((it) => `<div class="bad">${asHtml(it)}</div>`).join('');
    return `<figure${/\b360$/.test(shot.look) ? ' class="narrow"' : ''}><a href="${file}"><img alt="${asHtml(alt)}" loading="lazy" src="${file}"></a>
<figcaption>${asHtml(shot.look)}: ${shot.words} words, ${shot.controls} controls, ${shot.height} px${told}</figcaption></figure>`;
  });
  return `<section><h3>${asHtml(screen)}: ${asHtml(state)}</h3><div class="shots">${figures.join('')}</div></section>`;
}

function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
