import { PolicyReminder } from '../../_key-page/aws/policy-reminder.tsx';
import type { KeyScreens } from '../provider-screens.ts';
import { connection, versionIdentity, whereKeyIs } from './facts.ts';

export const awsKeyScreens: KeyScreens = { Reminder: PolicyReminder, connection, versionIdentity, whereKeyIs };
