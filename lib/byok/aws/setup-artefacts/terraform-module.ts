import { policyText } from '../policies.ts';
import { artefactPolicies, keyPolicyHere, marks } from './artefact-policies.ts';
import {
  type ArtefactValues,
  cmkAliasName,
  cmkDescription,
  keysInUse,
  keyTag,
  permissionPolicyName,
  setUpId,
} from './artefact-values.ts';

/**
 * The module: one file, the same to the byte whatever was chosen, since resources that came and went with the choices
 * would go in the customer's account too. What was chosen stands in `terraformParameters`, which Terraform reads by
 * itself from the same folder; free text is data there, and no expression.
 *
 * Terraform cannot ask its own state what it made before, so the role's tags remember it: a key that the folder made or
 * whose policy it wrote stays in it, whatever the parameters say later. A role or key that is there already is taken
 * over by import, so that the plan shows every line of a policy that it is going to replace.
 */
export const terraformModule = `# Lets Keyward use an AWS KMS key. Version 2.
# Apply it as it stands, in a folder of its own, beside the parameters that Keyward gives with it. Nothing in here is a
# secret. Other parameters may be put in their place at any time: a key that was made here stays, whatever they say.

terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "set_up" {
  type        = string
  description = "Which key of yours in Keyward this is for."
}

variable "region" {
  type        = string
  description = "Region of the key."
}

variable "account_id" {
  type        = string
  description = "The only account that this may be applied in."
}

variable "role_name" {
  type        = string
  description = "Name of the role. It is made where there is none."
}

variable "role_path" {
  type        = string
  description = "Path of the role, where it is made."
}

variable "key_arn" {
  type        = string
  description = "The key that the role may use. Where it is empty, one is made."
}

variable "other_key_arns" {
  type        = list(string)
  description = "Further keys that data still hangs on: the role may use them until they are safe to retire."
}

variable "key_alias" {
  type        = string
  description = "Alias of the key that is made."
}

variable "key_description" {
  type        = string
  description = "Description of the key that is made."
}

variable "permission_name" {
  type        = string
  description = "Name of the permission policy inside the role."
}

variable "trust_policy" {
  type        = any
  description = "Who may assume the role."
}

variable "key_policy" {
  type        = any
  description = "Who may use the key. ${marks.role} stands for the role."
}

variable "permission_policy" {
  type        = any
  description = "What the role may do. ${marks.keys} stands for the keys."
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]
}

# What this folder is for, written down when it is first applied.
resource "terraform_data" "folder" {
  input = {
    set_up     = var.set_up
    region     = var.region
    account_id = var.account_id
    role_name  = var.role_name
    key_arn    = var.key_arn
  }

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input.set_up == var.set_up && self.input.region == var.region && self.input.account_id == var.account_id
      error_message = "This folder has set up another key, region or account (\${self.input.set_up}, \${self.input.region}, \${self.input.account_id}). Nothing was changed. Use a new folder for \${var.set_up}, \${var.region}, \${var.account_id}."
    }
  }
}

check "role_name" {
  assert {
    condition     = local.role_name == var.role_name
    error_message = "This folder's role is \${local.role_name} and stays it; none named \${var.role_name} is made. Enter the output role_arn in Keyward, or use a new folder."
  }
}

data "aws_iam_roles" "named" {
  name_regex = "^\${replace(local.role_name, "/[+.]/", "\\\\$0")}$"
}

data "aws_iam_role" "before" {
  count = length(data.aws_iam_roles.named.names)
  name  = local.role_name
}

locals {
  role_name = terraform_data.folder.input.role_name

  # The role's tags say what was made or taken over before; where the role is gone, the folder knows how it began.
  tag          = "keyward:\${var.set_up}:\${var.region}"
  tags_before  = try(data.aws_iam_role.before[0].tags, {})
  made_before  = lookup(local.tags_before, "\${local.tag}:made", "")
  given_before = [for name, arn in local.tags_before : arn if startswith(name, "\${local.tag}:given:")]
  first        = terraform_data.folder.input.key_arn

  # A key of another account or region is out of this folder's reach: its policy is put on it there.
  here      = ":kms:\${var.region}:\${var.account_id}:key/"
  given_now = [for arn in [local.first, var.key_arn] : arn if arn != local.made_before && strcontains(arn, local.here)]

  makes_key = var.key_arn == "" || local.made_before != "" || local.first == ""
  given     = toset(concat(local.given_before, local.given_now))
  key_arn   = var.key_arn != "" ? var.key_arn : aws_kms_key.keyward[0].arn
  key_arns  = distinct(concat([local.key_arn], var.other_key_arns))

  key_policy        = replace(jsonencode(var.key_policy), "${marks.role}", aws_iam_role.keyward.arn)
  permission_policy = replace(jsonencode(var.permission_policy), "\\"${marks.keys}\\"", jsonencode(local.key_arns))
}

import {
  for_each = toset(data.aws_iam_roles.named.names)
  to       = aws_iam_role.keyward
  id       = each.key
}

resource "aws_iam_role" "keyward" {
  name               = local.role_name
  path               = var.role_path
  assume_role_policy = jsonencode(var.trust_policy)

  tags = merge(
    local.tags_before,
    local.makes_key ? { "\${local.tag}:made" = aws_kms_key.keyward[0].arn } : {},
    { for arn in local.given : "\${local.tag}:given:\${reverse(split("/", arn))[0]}" => arn },
  )

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [name, path, description, max_session_duration, permissions_boundary]
  }
}

resource "aws_iam_role_policy" "keyward" {
  name   = var.permission_name
  role   = aws_iam_role.keyward.name
  policy = local.permission_policy

  lifecycle {
    ignore_changes = [name]
  }
}

import {
  for_each = toset([for arn in [local.made_before] : reverse(split("/", arn))[0] if arn != ""])
  to       = aws_kms_key.keyward[0]
  id       = each.key
}

# The data under a key is lost with it.
resource "aws_kms_key" "keyward" {
  count       = local.makes_key ? 1 : 0
  description = var.key_description
  tags        = { "${keyTag}" = var.set_up }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [policy, description, tags, enable_key_rotation, rotation_period_in_days, is_enabled]
  }
}

resource "aws_kms_alias" "keyward" {
  count         = local.makes_key ? 1 : 0
  name          = var.key_alias
  target_key_id = aws_kms_key.keyward[0].key_id

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [name, target_key_id]
  }
}

resource "aws_kms_key_policy" "made" {
  count  = local.makes_key ? 1 : 0
  key_id = aws_kms_key.keyward[0].key_id
  policy = local.key_policy

  lifecycle {
    prevent_destroy = true
  }
}

import {
  for_each = local.given
  to       = aws_kms_key_policy.given[each.key]
  id       = reverse(split("/", each.key))[0]
}

# To destroy a key's policy would be to put AWS's default in its place.
resource "aws_kms_key_policy" "given" {
  for_each = local.given
  key_id   = reverse(split("/", each.key))[0]
  policy   = local.key_policy

  lifecycle {
    prevent_destroy = true
  }
}

output "role_arn" {
  description = "Paste this into Keyward as Role ARN."
  value       = aws_iam_role.keyward.arn
}

output "key_arn" {
  description = "Paste this into Keyward as Provider ARN."
  value       = local.key_arn
}
`;

/** What was chosen, as the file of variables that Terraform loads by itself beside the module. */
export function terraformParameters(values: ArtefactValues): string {
  const { role, cmk, region } = values;
  const { trust, permission } = artefactPolicies(values, { keyArn: marks.keys });
  const variables = {
    set_up: setUpId(values),
    region,
    account_id: role.accountId,
    role_name: role.name,
    role_path: role.path,
    key_arn: cmk?.arn ?? '',
    other_key_arns: keysInUse(values),
    key_alias: cmkAliasName(values),
    key_description: cmkDescription(values),
    permission_name: permissionPolicyName(values),
    trust_policy: trust,
    key_policy: keyPolicyHere(values, marks.role),
    permission_policy: permission,
  };
  return `${policyText(variables)}\n`;
}
