import { type ArtefactValues, artefactFileName, setUpId } from './artefact-values.ts';
import { cliScript } from './cli-script.ts';
import { cloudFormationParameterFile, cloudFormationTemplate } from './cloudformation-template.ts';
import { terraformModule, terraformParameters } from './terraform-module.ts';

/** The ways to set AWS up, in the order in which they are offered. By hand means the policies as JSON, one by one. */
export const artefactFormats = ['json', 'cli', 'cloudformation', 'terraform'] as const;
export type ArtefactFormat = (typeof artefactFormats)[number];

export const artefactFormatNames = {
  json: 'JSON',
  cli: 'AWS CLI',
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
} as const satisfies Record<ArtefactFormat, string>;

export type ArtefactFile = { text: string; fileName: string; mediaType: string };

/**
 * The whole set-up as files. The first is the program; `parameters` holds every value where that is a file of its own, and the
 * program is then the same for everybody. The policies by themselves are no such file: see `policies.ts`.
 */
export function artefactFiles(
  format: Exclude<ArtefactFormat, 'json'>,
  values: ArtefactValues,
): { program: ArtefactFile; parameters: ArtefactFile | null } {
  const json = 'application/json';
  switch (format) {
    case 'cli': {
      const fileName = artefactFileName(values, 'set-up.sh');
      return { program: { text: cliScript(values), fileName, mediaType: 'application/x-sh' }, parameters: null };
    }
    case 'cloudformation':
      return {
        program: { text: cloudFormationTemplate(), fileName: 'keyward-cloudformation.json', mediaType: json },
        parameters: {
          text: cloudFormationParameterFile(values),
          fileName: artefactFileName(values, 'cloudformation-parameters.json'),
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
