import {
  DEGRADING_PROBLEMS,
  NodeCostHour,
  SourceProblem,
} from '@headroom/plugin-cost-common';
import { StoredHour } from '../database/IngestStore';

/** Below this share of what is stored, an answer is not believed. */
const BELIEVED_SHARE = 0.5;

const NOT_TAKEN = 'answer-not-taken';
const NO_USAGE = 'no-usage';

/** Whether an answer of so many has too few to replace those that are stored. */
export function isPoorer(answered: number, stored: number): boolean {
  return answered < BELIEVED_SHARE * stored;
}

/** Whether the amounts of an answer are all there. */
export function statusOf(problems: SourceProblem[]): StoredHour['status'] {
  const degraded = problems.some(
    ({ code, severity }) =>
      severity !== 'info' && DEGRADING_PROBLEMS.includes(code),
  );
  return degraded ? 'partial' : 'complete';
}

/** Why an answer must not replace what is stored, in words; undefined when it may. */
export function reasonToKeep(
  stored: StoredHour & { nodeHours: number },
  answer: { nodes: NodeCostHour[]; problems: SourceProblem[] },
): string | undefined {
  const nodeHours = answer.nodes.reduce((sum, node) => sum + node.nodeHours, 0);
  if (isPoorer(nodeHours, stored.nodeHours)) {
    return 'fewer than half of the node-hours';
  }
  if (stored.status === 'partial') {
    return undefined;
  }
  if (statusOf(answer.problems) === 'partial') {
    return 'a part of the amounts';
  }
  return says(answer.problems, NO_USAGE) && !says(stored.problems, NO_USAGE)
    ? 'no usage'
    : undefined;
}

/** The problems of an hour that was kept, with a note of it; undefined when they have it. */
export function noteKept(
  problems: SourceProblem[],
  hour: Date,
  reason: string,
): SourceProblem[] | undefined {
  return wasKept(problems)
    ? undefined
    : [
        ...problems,
        {
          code: NOT_TAKEN,
          severity: 'warning',
          hour: hour.toISOString(),
          message: `A later answer knew only ${reason}; the earlier one was kept`,
        },
      ];
}

/** Whether a later answer was refused for this hour. */
export function wasKept(problems: SourceProblem[]): boolean {
  return says(problems, NOT_TAKEN);
}

function says(problems: SourceProblem[], code: string): boolean {
  return problems.some(problem => problem.code === code);
}
