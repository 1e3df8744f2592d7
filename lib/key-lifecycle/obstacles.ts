import { isKnown, type Known, unknownWords } from '../byok/connection-mode.ts';
import type { ErrorCode } from '../byok/errors.ts';
import { type RegionRule, regionRefusal } from '../byok/region-rule.ts';
import type { ReportView } from '../byok/setup-views.ts';

export type Obstacle = { code: ErrorCode; step: string; text: string };

type Facts = {
  configuration: {
    provider: string;
    authMode: string;
    region: string;
    roleArn: string;
    accessKeyId: string;
    secretId: string | null;
    keyArn: string;
    createsKey: boolean;
    enforcementChoice: string;
    enforcementAt: Date | null;
  };
  tenant: RegionRule;
  report: ReportView | null;
  selected: number;
  takenApps: string[];
  now: Date;
};

/** What keeps a configuration from being scheduled, in the order to mend it. The wizard shows it, Proceed enforces it. */
export function obstaclesTo(facts: Facts): Obstacle[] {
  const found: Obstacle[] = [];
  const say = (code: ErrorCode, step: string, text: string) => found.push({ code, step, text });
  const { configuration, report } = facts;
  if (!isKnown(configuration)) {
    say('unknown-provider', 'provider', unknownWords(configuration));
    return found;
  }
  if (!configuration.region) say('invalid-input', 'provider', 'Choose the AWS region of the key.');
  // A test that passed under a looser rule opens no way past this one.
  const elsewhere = regionRefusal(configuration.region, facts.tenant);
  if (elsewhere) say('invalid-input', 'provider', elsewhere);
  const missing = missingOf(configuration);
  if (missing) say('invalid-input', 'connect', missing);
  else if (!report) say('test-required', 'test', 'Run Test Configuration: nothing has been tested yet.');
  else if (report.stale)
    say('test-required', 'test', 'Run Test Configuration again: the configuration was changed after the last test.');
  else if (!report.passed) say('test-required', 'test', 'The last test failed. Mend what it names, then run it again.');
  else if (awaitsKey(configuration))
    say('test-required', 'test', 'Create the key: everything else has passed. Then run Test Configuration with it.');
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
      `Protected by another enterprise key already: ${facts.takenApps.join(', ')}. Deselect them here.`,
    );
  }
  return found;
}

/** Keyward is to create the key, and has not yet. */
export function awaitsKey({ createsKey, keyArn }: { createsKey: boolean; keyArn: string }): boolean {
  return createsKey && keyArn === '';
}

function missingOf(configuration: Known<Facts['configuration']>): string | undefined {
  const { authMode, roleArn, accessKeyId, secretId } = configuration;
  const keyArn = configuration.keyArn !== '' || awaitsKey(configuration);
  switch (authMode) {
    case 'assume-role':
      return keyArn && roleArn ? undefined : 'Enter the Provider ARN and the Role ARN.';
    case 'access-key':
      return keyArn && accessKeyId && secretId ? undefined : 'Enter Access Key ID, Secret Access Key and Key ID.';
  }
}
