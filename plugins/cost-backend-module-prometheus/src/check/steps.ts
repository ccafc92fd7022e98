import { Said, WordedFinding, toFinding } from '@headroom/common';
import { EndpointError } from '@headroom/plugin-clusters-node';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
import { CheckStep } from '@headroom/plugin-cost-node';

export function asking({ message, wording }: Said): CheckStep {
  return { kind: 'asking', question: message, ...(wording && { wording }) };
}

export function found(finding: WordedFinding): CheckStep {
  return { kind: 'finding', finding: toFinding(finding) };
}

export function notTold(id: string, { said }: EndpointError): WordedFinding {
  return {
    id: `${id}-not-told`,
    severity: 'note',
    sentence: word('notTold', { reason: said }),
    effect: word('mayBeRight'),
  };
}
