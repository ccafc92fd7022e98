import { CheckFinding } from '@headroom/common';
import { CheckStep } from '@headroom/plugin-cost-node';

export function asking(question: string): CheckStep {
  return { kind: 'asking', question };
}

export function found(finding: CheckFinding): CheckStep {
  return { kind: 'finding', finding };
}

export function notTold(id: string, sentence: string): CheckFinding {
  return {
    id: `${id}-not-told`,
    severity: 'note',
    sentence: `This could not be looked at: ${sentence}`,
    effect: 'It may be right or not.',
  };
}
