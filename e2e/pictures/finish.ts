/** At the end of a walk: the sheet and the table of what was seen, and a failure where axe found something. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contactSheet } from './contact-sheet.ts';
import { nameOf, readShots, sheetFolder } from './shots.ts';

export default function finish(): void {
  const { shots, missing } = readShots();
  const { page, table } = contactSheet(shots, missing);
  writeFileSync(join(sheetFolder(), 'index.html'), page);
  writeFileSync(join(sheetFolder(), 'table.md'), table);
  console.log(`${shots.length} pictures, ${missing.length} states not reached`);
  const faulty = shots.filter(({ faults }) => faults.length > 0);
  if (faulty.length > 0) throw new Error(faulty.map((shot) => [nameOf(shot), ...shot.faults].join('\n  ')).join('\n'));
}
