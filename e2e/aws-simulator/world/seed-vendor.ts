import type { Partition } from '../regions.ts';
import {
  defaultVendorCredentials,
  VENDOR_ACCOUNT_ID,
  VENDOR_ACCOUNT_NAME,
  VENDOR_ELSEWHERE,
  VENDOR_ROLE_NAME,
  VENDOR_SESSION_NAME,
  vendorRoleArn,
} from '../world-defaults.ts';
import { newIamId } from './iam-ids.ts';
import type { World } from './world.ts';

/** By account. */
export type VendorCredentials = Readonly<Record<string, { accessKeyId: string; secretAccessKey: string }>>;

type VendorAccount = { accountId: string; partition: Partition; name: string };

const HOME: VendorAccount = { accountId: VENDOR_ACCOUNT_ID, partition: 'aws', name: VENDOR_ACCOUNT_NAME };

/** Makes the vendor's accounts and their roles where they are missing, and sets the vendor's credentials to these ones. */
export function seedVendors(world: World, credentials: VendorCredentials): void {
  const { state } = world;
  for (const key of Object.values(state.accessKeys)) {
    if (key.owner.kind === 'role') delete state.accessKeys[key.id];
  }
  for (const vendor of [HOME, ...VENDOR_ELSEWHERE]) {
    const { accountId } = vendor;
    state.accounts[accountId] ??= newAccount(vendor);
    const { accessKeyId: id, secretAccessKey: secret } = credentials[accountId] ?? defaultVendorCredentials(accountId);
    const owner = { kind: 'role', roleName: VENDOR_ROLE_NAME, sessionName: VENDOR_SESSION_NAME } as const;
    state.accessKeys[id] = { id, secret, accountId, owner, active: true };
  }
}

function newAccount(vendor: VendorAccount) {
  const { accountId, partition, name } = vendor;
  return {
    id: accountId,
    name,
    ...(partition === 'aws' ? {} : { partition }),
    users: {},
    roles: {
      [VENDOR_ROLE_NAME]: {
        name: VENDOR_ROLE_NAME,
        id: newIamId('AROA', 17),
        arn: vendorRoleArn(vendor),
        accountId,
        trust: { text: JSON.stringify(vendorTrust(vendor), null, 2), principalIds: {} },
        inline: { AssumeCustomersRoles: JSON.stringify(MAY_ASSUME_ANY_ROLE, null, 2) },
        maxSessionSeconds: 3600,
      },
    },
  };
}

const MAY_ASSUME_ANY_ROLE = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'AssumeCustomersRoles', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
};

function vendorTrust({ accountId, partition }: VendorAccount): object {
  const Principal = { AWS: `arn:${partition}:iam::${accountId}:root` };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] };
}
