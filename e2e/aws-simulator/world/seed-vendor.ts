import {
  VENDOR_ACCOUNT_ID,
  VENDOR_ACCOUNT_NAME,
  VENDOR_ROLE_ARN,
  VENDOR_ROLE_NAME,
  VENDOR_SESSION_NAME,
} from '../world-defaults.ts';
import { newIamId } from './iam-ids.ts';
import type { World } from './world.ts';

const MAY_ASSUME_ANY_ROLE = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'AssumeCustomersRoles', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
};

const VENDOR_TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${VENDOR_ACCOUNT_ID}:root` }, Action: 'sts:AssumeRole' },
  ],
};

/** Makes the vendor's account and role where they are missing, and sets the vendor's credentials to these ones. */
export function seedVendor(world: World, credentials: { accessKeyId: string; secretAccessKey: string }): void {
  const { state } = world;
  state.accounts[VENDOR_ACCOUNT_ID] ??= {
    id: VENDOR_ACCOUNT_ID,
    name: VENDOR_ACCOUNT_NAME,
    users: {},
    roles: {
      [VENDOR_ROLE_NAME]: {
        name: VENDOR_ROLE_NAME,
        id: newIamId('AROA', 17),
        arn: VENDOR_ROLE_ARN,
        accountId: VENDOR_ACCOUNT_ID,
        trust: { text: JSON.stringify(VENDOR_TRUST, null, 2), principalIds: {} },
        inline: { AssumeCustomersRoles: JSON.stringify(MAY_ASSUME_ANY_ROLE, null, 2) },
        maxSessionSeconds: 3600,
      },
    },
  };
  for (const key of Object.values(state.accessKeys)) {
    if (key.owner.kind === 'role') delete state.accessKeys[key.id];
  }
  state.accessKeys[credentials.accessKeyId] = {
    id: credentials.accessKeyId,
    secret: credentials.secretAccessKey,
    accountId: VENDOR_ACCOUNT_ID,
    owner: { kind: 'role', roleName: VENDOR_ROLE_NAME, sessionName: VENDOR_SESSION_NAME },
    active: true,
  };
}
