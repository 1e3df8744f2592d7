import { isAccountId, parseKeyReference, parseRoleArn, roleArnOf } from '#lib/byok/aws/arn.ts';
import { roleProblemsOf } from '#lib/byok/aws/connect-problems.ts';
import { accountIdProblem, plainAccountId, regionProblem, roleNameProblem } from '#lib/byok/aws/place-problems.ts';
import { isKnownRegion, partitionOf } from '#lib/byok/aws/regions.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { modeWords } from '../../_shared/aws/mode-words.ts';
import { rolePolicies } from '../../_shared/aws/policy-help-words.ts';
import { describeKeyReference, describeRoleReference } from '../../_shared/aws/read-back.ts';
import { describeSetUp, type SetUp } from '../../_shared/aws/set-up.ts';
import { vendorAccount } from '../../_shared/aws/vendor-account.ts';
import type { AwsField, AwsGiven, AwsMode, Entered } from './aws-mode.ts';
import { firstMessages } from './first-messages.ts';
import { roleGuide } from './guide/role-guide.tsx';

const defaultRoleName = 'BYOK_Role';

/** A role of the customer's, which Keyward assumes with an external ID. */
export const assumeRole: AwsMode<SetUp> = {
  question: {
    have: { label: 'I have role and key already', hint: 'Paste two ARNs, then test.' },
    'set-up': { label: 'Set them up with me', hint: 'Three steps, about 20 minutes.' },
  },
  parts: [
    {
      kind: 'shown',
      name: 'externalId',
      label: 'Assume Role External ID',
      hint: 'Your role’s trust policy has to require it. It is unique to your organisation.',
      value: ({ externalId }) => externalId,
    },
    {
      kind: 'text',
      name: 'keyArn',
      label: modeWords['assume-role'].keyField,
      hint: ({ configuration: { region } }) => `The key’s ARN, an alias ARN, or a key ID in ${region}.`,
      readBack: (text, { configuration: { region, accountId } }) =>
        describeKeyReference(text, { region, accountId, accountOf: 'the role’s account' }),
    },
    {
      kind: 'text',
      name: 'roleArn',
      label: 'Role ARN',
      hint: () => 'The role that Keyward assumes.',
      readBack: (text) => describeRoleReference(text, ''),
    },
  ],
  asks: { have: [], 'set-up': ['region', 'accountId', 'roleName'] },
  complete(typed, setup, beginning) {
    const { configuration, tenant } = setup;
    const saved = { ...configuration, region: configuration.region || tenant.homeRegion };
    const given = { ...blank, keyArn: typed.keyArn ?? saved.keyArn };
    return beginning === 'have' ? readFrom(typed, saved, given) : followed(typed, saved, given);
  },
  problems({ given, beginning, createsKey }, setup, whole) {
    const { region, accountId, roleName, keyArn, roleArn } = given;
    const chosen = { region, accountId: plainAccountId(accountId), createsKey, ...vendorAccount(setup.ourIdentity) };
    const named = roleProblemsOf({ keyArn: keyArn.trim(), roleArn: roleArn.trim() }, chosen);
    const found: Partial<Record<AwsField, string>> = {
      ...(beginning === 'have' ? {} : placeProblems({ region, accountId, roleName })),
      ...firstMessages(named),
    };
    // A role's ARN that follows from the account is as wrong as that, and no more.
    if (found.accountId && roleArn === '') delete found.roleArn;
    return whole ? found : filledIn(found, given);
  },
  savesParts: true,
  toInput: ({ given, createsKey, choices }: Entered) => {
    const { region, roleName, keyArn, roleArn } = given;
    const accountId = plainAccountId(given.accountId);
    return {
      step: 'prepare',
      values: {
        policyShape: choices.shape,
        createsKey,
        keyArn: keyArn.trim(),
        roleArn: roleArn.trim(),
        ...(isKnownRegion(region) ? { region } : {}),
        ...(isAccountId(accountId) ? { accountId } : {}),
        ...(roleName.trim() === '' ? {} : { roleName: roleName.trim() }),
      },
    };
  },
  policies: (shown) => {
    const setUp = describeSetUp(shown);
    return setUp && rolePolicies(setUp, true);
  },
  guide: roleGuide,
};

const blank: AwsGiven = {
  region: '',
  accountId: '',
  roleName: '',
  roleArn: '',
  keyArn: '',
  accessKeyId: '',
  secret: '',
};

function placeProblems({ region, accountId, roleName }: Pick<AwsGiven, 'region' | 'accountId' | 'roleName'>) {
  const found = {
    region: regionProblem(region),
    accountId: accountIdProblem(plainAccountId(accountId)),
    roleName: roleNameProblem(roleName.trim()),
  };
  return Object.fromEntries(Object.entries(found).filter(([, message]) => message !== undefined));
}

type Saved = Pick<SetupView['configuration'], 'region' | 'accountId' | 'roleName' | 'roleArn'>;

/** Who has role and key is asked for nothing that their ARNs tell. */
function readFrom(typed: Partial<AwsGiven>, saved: Saved, given: AwsGiven): AwsGiven {
  const roleArn = typed.roleArn ?? (saved.roleArn || likelyRoleArn(saved));
  const role = parseRoleArn(roleArn);
  const accountId = role.ok ? role.value.accountId : saved.accountId;
  const key = parseKeyReference(given.keyArn, { region: saved.region, accountId });
  const roleName = role.ok ? role.value.roleName : saved.roleName || defaultRoleName;
  return { ...given, region: key.ok ? key.value.region : saved.region, accountId, roleName, roleArn };
}

/** Until another is entered, the role's ARN follows from account and name. */
function followed(typed: Partial<AwsGiven>, saved: Saved, given: AwsGiven): AwsGiven {
  const role = parseRoleArn(typed.roleArn ?? saved.roleArn);
  const known = role.ok ? role.value : null;
  const place = {
    region: typed.region ?? saved.region,
    accountId: typed.accountId ?? (saved.accountId || known?.accountId || ''),
    roleName: typed.roleName ?? (saved.roleName || known?.roleName || defaultRoleName),
  };
  const own = saved.roleArn !== '' && saved.roleArn !== likelyRoleArn(saved) ? saved.roleArn : '';
  return { ...given, ...place, roleArn: typed.roleArn ?? (own || likelyRoleArn(place)) };
}

function likelyRoleArn({ region, accountId, roleName }: Pick<Saved, 'region' | 'accountId' | 'roleName'>): string {
  const account = plainAccountId(accountId);
  if (!isKnownRegion(region) || !isAccountId(account) || roleName === '') return '';
  return roleArnOf(partitionOf(region), account, roleName.trim());
}

function filledIn(found: Partial<Record<AwsField, string>>, given: AwsGiven): Partial<Record<AwsField, string>> {
  return Object.fromEntries(Object.entries(found).filter(([field]) => given[field as AwsField].trim() !== ''));
}
