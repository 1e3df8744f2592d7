import { policyText } from '../policies.ts';
import { kitPolicies } from './kit-policies.ts';
import { cmkAliasName, cmkDescription, type KitValues, oneLine, permissionPolicyName } from './kit-values.ts';

/** The shell variable that holds the CMK's ARN once it is known. */
const keyArnVariable = '$key_arn';

/**
 * A script for bash and AWS CLI v2 that makes role and CMK, or brings those that are there up to date, so that it can be
 * run again after it stopped half-way. What it replaces it keeps in a file. `--name=value` throughout: a value that
 * begins with a hyphen is then no option.
 */
export function cliScript(values: KitValues): string {
  return `${[
    heading(values),
    variables(values),
    documents(values),
    helpers,
    roleFunction,
    values.cmk ? givenKeyFunction : newKeyFunction,
    permissionFunction,
    values.cmk && values.cmk.accountId !== values.role.accountId ? runInTwoAccounts : runInOneAccount,
  ].join('\n\n')}\n`;
}

function heading({ tenant, key, role, cmk }: KitValues): string {
  const accounts = new Set([role.accountId, cmk?.accountId ?? role.accountId]);
  const lines = [
    `Lets Keyward use an AWS KMS key of ${oneLine(tenant.name)} (${oneLine(key.alias) || 'no alias'}).`,
    'Needs AWS CLI version 2 and a person who administers IAM and KMS. Nothing in here is a secret.',
    'May be run again: what is there already is brought up to date, and what it replaces is kept in a file beside you.',
    ...(accounts.size > 1 ? ['Role and key are in two accounts: run it once with credentials of each.'] : []),
  ];
  return ['#!/usr/bin/env bash', ...lines.map((line) => `# ${line}`), 'set -euo pipefail'].join('\n');
}

function variables(values: KitValues): string {
  const { role, cmk, region } = values;
  const given: Record<string, string> = {
    region,
    role_account: role.accountId,
    role_name: role.name,
    role_path: role.path,
    role_arn: role.arn,
    key_account: cmk?.accountId ?? role.accountId,
    ...(cmk ? { key_arn: cmk.arn } : { key_alias: cmkAliasName(values), key_description: cmkDescription(values) }),
  };
  return Object.entries(given)
    .map(([name, value]) => `${name}=${shellQuote(value)}`)
    .join('\n');
}

/** Functions, because the permission policy can be printed only when the key's ARN is known. */
function documents(values: KitValues): string {
  const { trust, key, permission } = kitPolicies(values, { keyArn: keyArnVariable });
  const keyArnFilledIn = policyText(permission)
    .replace(/[\\$`]/g, '\\$&')
    .replaceAll(`\\${keyArnVariable}`, keyArnVariable);
  return [
    printing('trust_policy', policyText(trust), "'POLICY'"),
    printing('key_policy', policyText(key), "'POLICY'"),
    printing('permission_policy', keyArnFilledIn, 'POLICY'),
  ].join('\n\n');
}

/** A quoted end marker leaves the text as it is; without quotes the shell fills variables in. */
function printing(name: string, text: string, marker: string): string {
  return `${name}() {\n  cat <<${marker}\n${text}\nPOLICY\n}`;
}

const helpers = `stop() {
  echo "$1" >&2
  exit 1
}

# Tries again while KMS does not know a role yet that was made a moment ago, and stops at anything else.
once_role_is_known() {
  local attempt errors answer
  errors=$(mktemp)
  for attempt in 1 2 3 4 5 6 7 8; do
    if answer=$("$@" 2>"$errors"); then
      rm -f "$errors"
      echo "$answer"
      return 0
    fi
    grep -q MalformedPolicyDocument "$errors" || break
    echo "Waiting until KMS knows the role (attempt $attempt) ..." >&2
    sleep 5
  done
  cat "$errors" >&2
  rm -f "$errors"
  return 1
}`;

const roleFunction = `set_up_role() {
  local found
  if found=$(aws iam get-role --role-name="$role_name" --query Role.Arn --output text 2>/dev/null); then
    [ "$found" = "$role_arn" ] || stop "There is a role $found already; $role_arn was expected."
    aws iam get-role --role-name="$role_name" --query Role.AssumeRolePolicyDocument --output json \\
      >"trust-policy-before-$(date +%Y%m%dT%H%M%S).json"
    aws iam update-assume-role-policy --role-name="$role_name" --policy-document="$(trust_policy)"
  else
    aws iam create-role --role-name="$role_name" --path="$role_path" \\
      --assume-role-policy-document="$(trust_policy)" >/dev/null
    aws iam wait role-exists --role-name="$role_name"
  fi
}`;

const replaceKeyPolicy = `  aws kms get-key-policy --region="$region" --key-id="$key_arn" --policy-name=default --query Policy --output text \\
    >"key-policy-before-$(date +%Y%m%dT%H%M%S).json"
  once_role_is_known aws kms put-key-policy --region="$region" --key-id="$key_arn" --policy-name=default \\
    --policy="$(key_policy)" >/dev/null`;

/** CreateKey has no idempotency token: the alias says whether this was done before, so that no second key is made. */
const newKeyFunction = `set_up_key() {
  local errors
  errors=$(mktemp)
  if key_arn=$(aws kms describe-key --region="$region" --key-id="$key_alias" \\
    --query KeyMetadata.Arn --output text 2>"$errors"); then
${replaceKeyPolicy.replace(/^/gm, '  ')}
  elif grep -q NotFoundException "$errors"; then
    key_arn=$(once_role_is_known aws kms create-key --region="$region" --description="$key_description" \\
      --policy="$(key_policy)" --query KeyMetadata.Arn --output text)
    aws kms create-alias --region="$region" --alias-name="$key_alias" --target-key-id="$key_arn"
  else
    stop "$(cat "$errors")"
  fi
  rm -f "$errors"
}`;

const givenKeyFunction = `set_up_key() {
${replaceKeyPolicy}
}`;

const permissionFunction = `set_up_permission() {
  aws iam put-role-policy --role-name="$role_name" --policy-name=${permissionPolicyName} \\
    --policy-document="$(permission_policy)"
}`;

const sayArns = `echo
echo "Paste this into Keyward:"
echo "Provider ARN: $key_arn"
echo "Role ARN: $role_arn"`;

// The role comes first: AWS refuses a key policy that names a role which does not exist.
const runInOneAccount = `account=$(aws sts get-caller-identity --query Account --output text)
[ "$account" = "$role_account" ] || stop "These credentials are of account $account; this is for $role_account."

set_up_role
set_up_key
set_up_permission

${sayArns}`;

const runInTwoAccounts = `account=$(aws sts get-caller-identity --query Account --output text)
case "$account" in
  "$role_account")
    set_up_role
    set_up_permission
    echo "The role is set up. Now run this with credentials of the key's account, $key_account."
    ;;
  "$key_account")
    set_up_key
    ;;
  *)
    stop "These credentials are of account $account; this is for $role_account first, then $key_account."
    ;;
esac

${sayArns}`;

/** One word to the shell, whatever is in it. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
