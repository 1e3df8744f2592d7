import { anyService } from './providers.ts';

/** What somebody did to a key, as it reads after their name: "admin@acme.example rotated the key." */
const words: Record<string, string> = {
  'save-step': 'saved a step of its set-up',
  'schedule-key': 'scheduled it',
  'discard-changes': 'discarded changes to it',
  'activate-key': 'activated it',
  'prepare-rotation': 'prepared a rotation of it',
  'rotate-key': 'rotated it',
  'finish-rotation': 'finished its rotation',
  'rotation-left-behind': 'partly finished its rotation',
  'update-apps': 'changed its apps',
  'assign-app': 'moved an app to or from it',
  'rename-key': 'renamed it',
  'create-customer-key': `created its key in ${anyService}`,
  'revert-key': 'reverted it to None',
  'make-irreversible': 'made it irreversible',
  'finish-revert': 'finished its return to the platform key',
};

export function changeInWords(operation: string): string {
  return words[operation] ?? 'changed it';
}
