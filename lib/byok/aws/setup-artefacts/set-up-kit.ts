import { cliScript } from './cli-script.ts';
import { cloudFormationParameterFile, cloudFormationTemplate } from './cloudformation-template.ts';
import { type KitValues, kitFileName, setUpId } from './kit-values.ts';
import { terraformModule, terraformParameters } from './terraform-module.ts';

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

/**
 * The whole set-up as files. The first is the program; `parameters` holds every value where that is a file of its own, and the
 * program is then the same for everybody. The policies by themselves are no such file: see `policies.ts`.
 */
export function kitFiles(
  format: Exclude<KitFormat, 'json'>,
  values: KitValues,
): { program: KitFile; parameters: KitFile | null } {
  const json = 'application/json';
  switch (format) {
    case 'cli': {
      const fileName = kitFileName(values, 'set-up.sh');
      return { program: { text: cliScript(values), fileName, mediaType: 'application/x-sh' }, parameters: null };
    }
    case 'cloudformation':
      return {
        program: { text: cloudFormationTemplate(), fileName: 'keyward-cloudformation.json', mediaType: json },
        parameters: {
          text: cloudFormationParameterFile(values),
          fileName: kitFileName(values, 'cloudformation-parameters.json'),
          mediaType: json,
        },
      };
    case 'terraform':
      // The names depend on no words that may be changed: what is downloaded again takes the place of what was there.
      return {
        program: { text: terraformModule, fileName: 'main.tf', mediaType: 'text/plain' },
        parameters: {
          text: terraformParameters(values),
          fileName: `keyward-${setUpId(values)}.auto.tfvars.json`,
          mediaType: json,
        },
      };
  }
}
