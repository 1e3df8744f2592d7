import { policyText } from '../policies.ts';
import { artefactPolicies, marks } from './artefact-policies.ts';
import {
  type ArtefactValues,
  cmkAliasName,
  cmkDescription,
  keysInUse,
  keyTag,
  oneLine,
  permissionPolicyName,
  setUpId,
} from './artefact-values.ts';

/**
 * A script for bash and AWS CLI v2 that makes role and CMK, or brings those that are there up to date, so that it can be
 * run again after it stopped half-way, and after anything was chosen anew. What was chosen stands in its first part, the
 * second is the same for everybody. Before it replaces a policy it says so and keeps that policy in a file.
 */
export function cliScript(values: ArtefactValues): string {
  return `${[heading(values), variables(values), documents(values), program].join('\n\n')}\n`;
}

function heading({ tenant, key, role, cmk }: ArtefactValues): string {
  const accounts = new Set([role.accountId, cmk?.accountId ?? role.accountId]);
  const lines = [
    `Lets Keyward use an AWS KMS key of ${oneLine(tenant.name)} (${oneLine(key.alias) || 'no alias'}).`,
    'Needs AWS CLI version 2 and a person who administers IAM and KMS. Nothing in here is a secret.',
    'May be run again: what is there already is brought up to date. Nothing is deleted, no second key is made, and a',
    'policy that is replaced is kept in a file beside you.',
    ...(accounts.size > 1 ? ['Role and key are in two accounts: run it once with credentials of each.'] : []),
  ];
  return ['#!/usr/bin/env bash', ...lines.map((line) => `# ${line}`), 'set -euo pipefail'].join('\n');
}

function variables(values: ArtefactValues): string {
  const { role, cmk, region } = values;
  const given: Record<string, string> = {
    region,
    set_up: setUpId(values),
    role_account: role.accountId,
    role_name: role.name,
    role_path: role.path,
    role_arn: role.arn,
    permission_name: permissionPolicyName(values),
    key_account: cmk?.accountId ?? role.accountId,
    key_arn: cmk?.arn ?? '',
    key_alias: cmkAliasName(values),
    key_description: cmkDescription(values),
  };
  const assignments = Object.entries(given).map(([name, value]) => `${name}=${shellQuote(value)}`);
  const others = keysInUse(values).map(shellQuote).join(' ');
  return ['# What was chosen.', ...assignments, `other_key_arns=(${others})`].join('\n');
}

/** A quoted end marker leaves the text as it is: nothing in it is the shell's. */
function documents(values: ArtefactValues): string {
  const { trust, key, permission } = artefactPolicies(values, { keyArn: marks.keys });
  const printing = (name: string, text: string) => `${name}() {\n  cat <<'POLICY'\n${text}\nPOLICY\n}`;
  return [
    printing('trust_policy', policyText(trust)),
    printing('key_policy', policyText(key)),
    `# ${marks.keys} stands for the keys.\n${printing('permission_policy_of_keys', policyText(permission))}`,
  ].join('\n\n');
}

const program = `# From here on the same for everybody. Version 2.
stop() {
  echo "$1" >&2
  exit 1
}

# Names a new file to keep a policy in, and says what is going to be replaced.
about_to_replace() {
  kept="$1-before-$(date +%Y%m%dT%H%M%S)-$$.json"
  echo "The $2 is going to be replaced. What is there now is kept in $kept." >&2
}

permission_policy() {
  local arn keys=""
  for arn in "$key_arn" \${other_key_arns[@]+"\${other_key_arns[@]}"}; do
    case "$keys" in *"\\"$arn\\""*) continue ;; esac
    keys="\${keys:+$keys, }\\"$arn\\""
  done
  permission_policy_of_keys | while IFS= read -r line; do
    printf '%s\\n' "\${line//\\"${marks.keys}\\"/[$keys]}"
  done
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
}

# Prints what the command prints, or nothing where AWS answers that there is no such thing; stops at anything else.
unless_missing() {
  local missing=$1 errors answer
  shift
  errors=$(mktemp)
  if answer=$("$@" 2>"$errors"); then
    rm -f "$errors"
    echo "$answer"
    return 0
  fi
  if ! grep -q "$missing" "$errors"; then
    cat "$errors" >&2
    rm -f "$errors"
    return 1
  fi
  rm -f "$errors"
}

set_up_role() {
  local found
  found=$(unless_missing NoSuchEntity aws iam get-role --role-name="$role_name" --query Role.Arn --output text)
  if [ -n "$found" ]; then
    [ "$found" = "$role_arn" ] || stop "There is a role $found already; $role_arn was expected."
    about_to_replace trust-policy "trust policy of the role $role_name"
    aws iam get-role --role-name="$role_name" --query Role.AssumeRolePolicyDocument --output json >"$kept"
    aws iam update-assume-role-policy --role-name="$role_name" --policy-document="$(trust_policy)"
  else
    aws iam create-role --role-name="$role_name" --path="$role_path" \\
      --assume-role-policy-document="$(trust_policy)" >/dev/null
    aws iam wait role-exists --role-name="$role_name"
  fi
}

# A key that this script made before: by its alias, or by its tag where the script stopped before it had one. CreateKey
# itself cannot be asked twice without making two keys.
find_key() {
  local arn tag all
  key_arn=$(unless_missing NotFoundException aws kms describe-key --region="$region" --key-id="$key_alias" \\
    --query KeyMetadata.Arn --output text)
  if [ -n "$key_arn" ]; then
    has_alias=yes
    return 0
  fi
  has_alias=no
  all=$(aws kms list-keys --region="$region" --query 'Keys[].KeyArn' --output text)
  [ "$(wc -w <<<"$all")" -lt 20 ] ||
    echo "Looking among $(wc -w <<<"$all" | tr -d ' ') keys for one that this script has made before ..." >&2
  for arn in $all; do
    [ "$arn" != None ] || continue
    # Keys whose tags one may not see are not of this script.
    tag=$(unless_missing AccessDenied aws kms list-resource-tags --region="$region" --key-id="$arn" \\
      --query "Tags[?TagKey=='${keyTag}'].TagValue | [0]" --output text)
    if [ "$tag" = "$set_up" ]; then
      key_arn=$arn
      return 0
    fi
  done
}

replace_key_policy() {
  local state
  state=$(aws kms describe-key --region="$region" --key-id="$key_arn" --query KeyMetadata.KeyState --output text)
  [ "$state" != PendingDeletion ] || stop "The key $key_arn is scheduled for deletion. Cancel that first: aws kms cancel-key-deletion --region $region --key-id $key_arn"
  about_to_replace key-policy "policy of the key $key_arn"
  aws kms get-key-policy --region="$region" --key-id="$key_arn" --policy-name=default --query Policy --output text >"$kept"
  once_role_is_known aws kms put-key-policy --region="$region" --key-id="$key_arn" --policy-name=default \\
    --policy="$(key_policy)" >/dev/null
}

set_up_key() {
  if [ -n "$key_arn" ]; then
    replace_key_policy
    return 0
  fi
  find_key
  if [ -n "$key_arn" ]; then
    replace_key_policy
  else
    key_arn=$(once_role_is_known aws kms create-key --region="$region" --description="$key_description" \\
      --policy="$(key_policy)" --tags="TagKey=${keyTag},TagValue=$set_up" --query KeyMetadata.Arn --output text)
  fi
  [ "$has_alias" = yes ] ||
    aws kms create-alias --region="$region" --alias-name="$key_alias" --target-key-id="$key_arn"
}

set_up_permission() {
  local found
  found=$(unless_missing NoSuchEntity aws iam get-role-policy --role-name="$role_name" \\
    --policy-name="$permission_name" --query PolicyDocument --output json)
  if [ -n "$found" ]; then
    about_to_replace permission-policy "permission policy $permission_name of the role $role_name"
    echo "$found" >"$kept"
  fi
  aws iam put-role-policy --role-name="$role_name" --policy-name="$permission_name" \\
    --policy-document="$(permission_policy)"
}

# The role comes first: AWS refuses a key policy that names a role which does not exist.
account=$(aws sts get-caller-identity --query Account --output text)
case "$account" in
  "$role_account" | "$key_account") ;;
  *)
    both=$role_account
    [ "$key_account" = "$role_account" ] || both="$role_account first, then $key_account"
    stop "These credentials are of account $account; this is for $both."
    ;;
esac
if [ "$account" = "$role_account" ]; then
  set_up_role
fi
if [ "$account" = "$key_account" ]; then
  set_up_key
fi
if [ "$account" = "$role_account" ]; then
  set_up_permission
fi
if [ "$account" != "$key_account" ]; then
  echo "The role is set up. Now run this with credentials of the key's account, $key_account."
fi

echo
echo "Paste this into Keyward:"
echo "Provider ARN: $key_arn"
echo "Role ARN: $role_arn"`;

/** One word to the shell, whatever is in it. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
