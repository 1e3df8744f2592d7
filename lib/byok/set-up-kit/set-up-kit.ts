import { cliScript } from './cli-script.ts';
import { cloudFormationTemplate } from './cloudformation-template.ts';
import { type KitValues, kitFileName } from './kit-values.ts';
import { terraformModule } from './terraform-module.ts';

/** The ways to set AWS up, in the order in which they are offered. By hand means the policies as JSON, one by one. */
export const kitFormats = ['json', 'cli', 'cloudformation', 'terraform'] as const;
export type KitFormat = (typeof kitFormats)[number];

export const kitFormatNames = {
  json: 'JSON',
  cli: 'AWS CLI',
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
} as const satisfies Record<KitFormat, string>;

export type KitFile = { text: string; fileName: string; mediaType: string };

/** The whole set-up as one file, every value in it. The policies by themselves are no such file: see `policies.ts`. */
export function kitFile(format: Exclude<KitFormat, 'json'>, values: KitValues): KitFile {
  const { make, ending, mediaType } = makers[format];
  return { text: make(values), fileName: kitFileName(values, ending), mediaType };
}

const makers = {
  cli: { make: cliScript, ending: 'set-up.sh', mediaType: 'application/x-sh' },
  cloudformation: { make: cloudFormationTemplate, ending: 'cloudformation.json', mediaType: 'application/json' },
  terraform: { make: terraformModule, ending: 'main.tf', mediaType: 'text/plain' },
} as const satisfies Record<
  Exclude<KitFormat, 'json'>,
  { make: (values: KitValues) => string; ending: string; mediaType: string }
>;
