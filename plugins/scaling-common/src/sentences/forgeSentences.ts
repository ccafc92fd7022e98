import { createWorder } from '@headroom/common';

/** Why a forge did not do what it was asked. @public */
export const FORGE_SENTENCES = {
  unknownHost:
    'No integration of the portal is for {{repository}}: add its host to integrations.github or integrations.gitlab.',
  notSigned:
    'The forge refuses the token of the integration for {{repository}}.',
  forbidden:
    'The token of the integration for {{repository}} may not do this: it needs {{permission}}.',
  gone: '{{what}} of {{repository}} is not there, or the token of the integration does not see it.',
  branchExists: 'The branch {{branch}} of {{repository}} is there already.',
  busy: 'The forge of {{repository}} is busy, and wants to be asked again later.',
  refused: 'The forge of {{repository}} refused: {{why}}',
  unreachable: 'The forge of {{repository}} gave no answer.',
  uncertain:
    'The forge of {{repository}} gave no answer; whether it did it is not known yet.',
  moved: '{{path}} of {{repository}} is not as it was when this was planned.',
  waits: 'The pull request waits to be merged: {{url}}',
  notOpened:
    'The branch {{branch}} is made, and its pull request is not open yet.',
} as const;

/** Says a sentence of {@link FORGE_SENTENCES}. @public */
export const wordForge = createWorder('forge', FORGE_SENTENCES);
