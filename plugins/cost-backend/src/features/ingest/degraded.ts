import { SourceProblem, Worded, wordList } from '@headroom/common';
import { DEGRADING_PROBLEMS, wordIngest } from '@headroom/plugin-cost-common';
import { ContainerLoss } from '../../database/HourStore';
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
  'nodeHours',
  'pricedNodeHours',
  'containerHours',
  'usageHours',
  'requestingRows',
  'storageByteHours',
  'networkBytes',
] as const satisfies ReadonlyArray<keyof HourKnowledge>;

/** What an answer knew only, for a sentence. */
export type Reason = string | Worded;

/** An answer about an hour that has one already. */
export interface LaterAnswer {
  /** Id of the source that gave it. */
  source: string;
  known: HourKnowledge;
  problems: SourceProblem[];
}

/**
 * What is summed over samples and may be a little less in an answer that knows
 * more of the hour. Of the others nothing may be lost: a node, a price or a
 * container is known, or it isn't.
 */
const SUMMED: ReadonlySet<keyof HourKnowledge> = new Set([
  'usageHours',
  'storageByteHours',
  'networkBytes',
] as const);

/** What was known, and what a later answer knows of it. */
interface Aspect {
  name: (typeof ASPECTS)[number];
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
): Reason | undefined {
  const aspects = aspectsOf(stored, answer);
  const poorer = aspects.find(each => isPoorer(each.answered, each.stored));
  if (poorer?.name === 'nodeHours') {
    return fewerThanHalf(poorer);
  }
  const isPartial = statusOf(answer.problems) === 'partial';
  if (isPartial) {
    return stored.status === 'partial'
      ? whyWorse(aspects)
      : wordIngest('partOfAmounts');
  }
  if (poorer) {
    return fewerThanHalf(poorer);
  }
  const isUnmeasured = UNMEASURED.some(
    code => says(answer.problems, code) && !says(stored.problems, code),
  );
  return isUnmeasured ? wordIngest('noUsage') : undefined;
}

/**
 * Why an answer that is not whole must not replace another: as many containers
 * may be others.
 */
export function lessOfContainers({
  stored,
  lost,
}: ContainerLoss): Reason | undefined {
  return lost > 0
    ? wordIngest('fewerContainers', { known: stored - lost, stored })
    : undefined;
}

/** The problems of an hour that was kept, with a note of it; undefined when they have it. */
export function noteKept(
  problems: SourceProblem[],
  hour: Date,
  reason: Reason,
): SourceProblem[] | undefined {
  return wasKept(problems)
    ? undefined
    : [
        ...problems,
        {
          code: NOT_TAKEN,
          severity: 'warning',
          hour: hour.toISOString(),
          ...wordIngest('answerNotTaken', { known: reason }),
        },
      ];
}

/** Whether a later answer was refused for this hour. */
export function wasKept(problems: SourceProblem[]): boolean {
  return says(problems, NOT_TAKEN);
}

/** Sources count containers each in their own way. */
function aspectsOf(stored: StoredHour, answer: LaterAnswer): Aspect[] {
  return ASPECTS.flatMap(name => {
    const before = stored.known[name];
    const isComparable =
      stored.source === answer.source ||
      name === 'nodeHours' ||
      name === 'pricedNodeHours';
    return before !== undefined && isComparable
      ? [{ name, stored: before, answered: answer.known[name] }]
      : [];
  });
}

/**
 * Of two answers of which neither is whole, the one that knows more. An hour is
 * replaced as a whole, because its parts sum to what its nodes cost: sums that
 * would be a little less are set against what would be gained.
 */
function whyWorse(aspects: Aspect[]): Reason | undefined {
  const changes = aspects
    .map(each => ({ ...each, change: changeOf(each) }))
    .filter(({ change }) => Math.abs(change) > NOTICEABLE_SHARE);
  const lost = changes.filter(({ change }) => change < 0);
  const sum = changes.reduce((total, { change }) => total + change, 0);
  const isSummed = lost.every(({ name }) => SUMMED.has(name));
  if (lost.length === 0 || (isSummed && sum > NOTICEABLE_SHARE)) {
    return undefined;
  }
  const gained = changes.filter(({ change }) => change > 0);
  const loss = lost.map(({ name, stored, answered }) => {
    const percent = Math.floor((100 * answered) / stored);
    return wordIngest('percentOf', { percent, aspect: wordIngest(name) });
  });
  const said = wordList(loss, 'and');
  return gained.length === 0
    ? said
    : wordIngest('thoughMore', {
        lost: said,
        gained: wordList(
          gained.map(({ name }) => wordIngest(name)),
          'and',
        ),
      });
}

/** What is gained, as a share of the most that is known, from -1 to 1. */
function changeOf({ stored, answered }: Aspect): number {
  const most = Math.max(stored, answered);
  return most === 0 ? 0 : (answered - stored) / most;
}

function fewerThanHalf({ name }: Aspect): Worded {
  return wordIngest('fewerThanHalf', { aspect: wordIngest(name) });
}

function says(problems: SourceProblem[], code: string): boolean {
  return problems.some(problem => problem.code === code);
}
