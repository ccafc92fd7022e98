import { SourceProblem } from '@headroom/common';
import { DEGRADING_PROBLEMS } from '@headroom/plugin-cost-common';
import { HourKnowledge, StoredHour } from '../../database/IngestStore';

/** Below this share of what is stored, an answer is not believed. */
const BELIEVED_SHARE = 0.5;
/** A smaller share more or less is as much. */
const NOTICEABLE_SHARE = 0.001;

const NOT_TAKEN = 'answer-not-taken';
/** Usage is unknown; what is charged for it is known all the same. */
const UNMEASURED = ['no-usage', 'node-unmeasured'];

/** What an answer about an hour can know, the most important first. */
const ASPECTS = [
  ['nodeHours', 'node-hours'],
  ['pricedNodeHours', 'node-hours with a known price'],
  ['containerHours', 'container-hours'],
  ['usageHours', 'container-hours with known usage'],
  ['requestingRows', 'workloads with known requests'],
  ['storageByteHours', 'storage'],
  ['networkBytes', 'traffic'],
] as const satisfies ReadonlyArray<[keyof HourKnowledge, string]>;

/** An answer about an hour that has one already. */
export interface LaterAnswer {
  /** Id of the source that gave it. */
  source: string;
  known: HourKnowledge;
  problems: SourceProblem[];
}

/** What was known, and what a later answer knows of it. */
interface Aspect {
  name: string;
  stored: number;
  answered: number;
}

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
  stored: StoredHour,
  answer: LaterAnswer,
): string | undefined {
  const aspects = aspectsOf(stored, answer);
  const poorer = aspects.find(each => isPoorer(each.answered, each.stored));
  if (poorer?.name === 'node-hours') {
    return fewerThanHalf(poorer);
  }
  const isPartial = statusOf(answer.problems) === 'partial';
  if (isPartial) {
    return stored.status === 'partial'
      ? whyWorse(aspects)
      : 'a part of the amounts';
  }
  if (poorer) {
    return fewerThanHalf(poorer);
  }
  const isUnmeasured = UNMEASURED.some(
    code => says(answer.problems, code) && !says(stored.problems, code),
  );
  return isUnmeasured ? 'no usage, of some nodes or of all' : undefined;
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

/** Sources count containers each in their own way. */
function aspectsOf(stored: StoredHour, answer: LaterAnswer): Aspect[] {
  return ASPECTS.flatMap(([key, name]) => {
    const before = stored.known[key];
    const isComparable =
      stored.source === answer.source ||
      key === 'nodeHours' ||
      key === 'pricedNodeHours';
    return before !== undefined && isComparable
      ? [{ name, stored: before, answered: answer.known[key] }]
      : [];
  });
}

/**
 * Of two answers of which neither is whole, the one that knows more: an hour is
 * replaced as a whole, so what would be lost is set against what would be gained.
 */
function whyWorse(aspects: Aspect[]): string | undefined {
  const changes = aspects
    .map(each => ({ ...each, change: changeOf(each) }))
    .filter(({ change }) => Math.abs(change) > NOTICEABLE_SHARE);
  const lost = changes.filter(({ change }) => change < 0);
  const sum = changes.reduce((total, { change }) => total + change, 0);
  if (lost.length === 0 || sum > NOTICEABLE_SHARE) {
    return undefined;
  }
  const gained = changes.filter(({ change }) => change > 0);
  const loss = lost.map(({ name, stored, answered }) => {
    const percent = Math.floor((100 * answered) / stored);
    return `${percent} % of the ${name}`;
  });
  return gained.length === 0
    ? loss.join(' and ')
    : `${loss.join(' and ')}, though more of the ${gained
        .map(({ name }) => name)
        .join(' and of the ')}`;
}

/** What is gained, as a share of the most that is known, from -1 to 1. */
function changeOf({ stored, answered }: Aspect): number {
  const most = Math.max(stored, answered);
  return most === 0 ? 0 : (answered - stored) / most;
}

function fewerThanHalf({ name }: Aspect): string {
  return `fewer than half of the ${name}`;
}

function says(problems: SourceProblem[], code: string): boolean {
  return problems.some(problem => problem.code === code);
}
