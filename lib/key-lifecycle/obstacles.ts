import { type Draft, readDraft, rulesOf, toConnection } from '../byok/connection.ts';
import { isKnown, unknownWords } from '../byok/connection-mode.ts';
import type { ErrorCode } from '../byok/errors.ts';
import { type RegionRule, regionRefusal } from '../byok/region-rule.ts';
import type { ReportView } from '../byok/setup-views.ts';
import type { Entered } from './configuration.ts';

export type Obstacle = { code: ErrorCode; step: string; text: string };

type Facts = {
  configuration: Entered & { enforcementChoice: string; enforcementAt: Date | null };
  tenant: RegionRule;
  report: ReportView | null;
  selected: number;
  takenApps: string[];
  now: Date;
};

/** What keeps a configuration from being scheduled, in the order to fix it. The wizard shows it, Proceed enforces it. */
export function obstaclesTo(facts: Facts): Obstacle[] {
  const found: Obstacle[] = [];
  const say = (code: ErrorCode, step: string, text: string) => found.push({ code, step, text });
  const { configuration, report } = facts;
  if (!isKnown(configuration)) {
    say('unknown-provider', 'provider', unknownWords(configuration));
    return found;
  }
  const draft = readDraft(configuration);
  const rules = rulesOf(draft);
  const { location } = rules.describe(draft);
  const placeStep = rules.placeStep ?? 'provider';
  if (!location) say('invalid-input', placeStep, rules.declaration.words.chooseLocation);
  // A test that passed under a looser rule opens no way past this one.
  const elsewhere = regionRefusal(location, facts.tenant);
  if (elsewhere) say('invalid-input', placeStep, elsewhere);
  const missing = rules.missing(draft, configuration.secretId);
  if (missing) say('invalid-input', 'connect', missing);
  else if (!report) say('test-required', 'test', 'Run Test Configuration: nothing has been tested yet.');
  else if (report.stale)
    say('test-required', 'test', 'Run Test Configuration again: the configuration was changed after the last test.');
  else if (!report.passed) say('test-required', 'test', 'The last test failed. Fix what it names, then run it again.');
  else if (rules.awaitsKey(draft))
    say('test-required', 'test', 'Create the key: everything else has passed. Then run Test Configuration with it.');
  else for (const problem of problemsOf(draft)) say('invalid-input', 'connect', problem);
  if (!configuration.enforcementChoice) say('invalid-input', 'date', 'Choose the enforcement date.');
  else if (
    configuration.enforcementChoice === 'at' &&
    (!configuration.enforcementAt || configuration.enforcementAt <= facts.now)
  ) {
    say('date-in-past', 'date', 'The enforcement date has passed. Choose a later one, or Now.');
  }
  if (facts.selected === 0) say('no-apps-selected', 'apps', 'Select at least one app or bot.');
  if (facts.takenApps.length > 0) {
    say(
      'app-taken',
      'apps',
      `Already protected by another enterprise key: ${facts.takenApps.join(', ')}. Deselect them here.`,
    );
  }
  return found;
}

/** Whatever a report says: what is no connection is never scheduled. */
function problemsOf(draft: Draft): string[] {
  const made = toConnection(draft);
  return made.ok ? [] : Object.values(made.problems);
}
