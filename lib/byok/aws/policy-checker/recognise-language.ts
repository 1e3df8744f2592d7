/** What a text is that is no JSON: somebody who pasted it has to know where to find the policy itself. */

const where = 'AWS’s console shows it under “Trust relationships”, “Permissions” or “Key policy”.';

export function nameOfLanguage(text: string): string | undefined {
  // What it is shows at its beginning; more would only take time.
  const beginning = text.slice(0, 4_000);
  return languages.find(({ looks }) => looks.test(beginning))?.message;
}

const languages: readonly { looks: RegExp; message: string }[] = [
  {
    looks: /^\s*(?:(?:#|\/\/).*\n\s*)*(?:data|resource|module|locals|variable|output|provider|terraform)\b[^\n{=:]*\{/,
    message: `This is Terraform (HCL), not the policy that it makes. Paste the JSON; “terraform show -json” or ${where}`,
  },
  {
    looks: /jsonencode\s*\(|data\.aws_iam_policy_document|^\s*(?:statement|principals|condition)\s*\{|^\s*policy\s*=/m,
    message: `This is a part of Terraform (HCL), not the policy that it makes. Paste the JSON. ${where}`,
  },
  {
    looks: /^\s*<[?!a-zA-Z]/,
    message: `This is XML or HTML, and no policy is in it. Paste the policy’s JSON. ${where}`,
  },
  {
    looks:
      /^\s*(?:import|from|const|let|var|new|export|def|class)\s.*(?:\n|$)|new\s+(?:iam\.)?PolicyStatement|iam\.(?:Effect|Policy)/,
    message: `This is program code (CDK, Pulumi or a script), not the policy that it makes. Paste the JSON. ${where}`,
  },
  {
    looks: /^\s*[{[]\s*'[^'\n]*'\s*:/,
    message: 'This is a Python dictionary with single quotation marks. Print it with json.dumps, and paste that.',
  },
  {
    looks: /^\s*(?:-{3}\s*\n\s*)?(?:#.*\n\s*)*(?:- +)?["']?[A-Za-z][\w -]*["']?\s*:(?:\s|$)/,
    message: `This is YAML. AWS takes a policy as JSON only. Paste the JSON. ${where}`,
  },
  {
    looks: /^(?:ROLE|ASSUMEROLEPOLICYDOCUMENT|STATEMENT|POLICYVERSION|PRINCIPAL)\t/m,
    message: 'This is the AWS CLI’s output as text, which breaks a policy apart. Run it again with --output json.',
  },
  {
    looks: /^\s*arn:[\w-]*:/,
    message: `This is an ARN. Paste the text of the policy. ${where}`,
  },
  {
    looks: /^\s*(?:\$\s*)?aws\s+[a-z]/,
    message: 'This is a command of the AWS CLI. Run it, and paste its output.',
  },
  {
    looks: /An error occurred|AccessDenied|is not authorized to perform/,
    message: `This is an error message of AWS. Paste the policy itself. ${where}`,
  },
];
