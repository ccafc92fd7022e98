import { setImmediate } from 'node:timers/promises';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { DAY_MS, HOUR_MS } from '@headroom/common';
import { isSaid } from '@headroom/node';
import {
  AllocationFilter,
  AllocationItem,
  AllocationQuestion,
  AllocationSet,
  AllocationWindow,
  answerStep,
  EVERY_PROPERTY,
  IdleTreatment,
  needsOf,
  needsOfAggregate,
  needsOfFilter,
  NeededProperties,
  parseAllocationWindow,
  setsOf,
  sumItems,
  WINDOW_FORMS,
} from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { CostScopes } from '../../core/CostScopes';
import { closedUntil, hoursKeptFrom } from '../../core/hours';
import { HoursKnown, StepRow } from '../../database/AllocationStore';
import { ScopedStores } from '../../database/ScopedStores';
import { AllocationQueryInput, filterOf } from './allocationQuery';

/** Rows that one answer is made of at most; an item takes some 2 kB. */
export const MOST_ALLOCATION_ROWS = 30_000;

/** Sets and steps of one answer: the hours of more than a year. */
const MOST_STEPS = 10_000;

/** Zones whose days are those that OpenCost's windows are made of. */
const UTC = ['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'];

/** Hours in a month, as OpenCost spreads a monthly amount. */
const HOURS_PER_MONTH = 730n;

/** @internal */
export interface AllocationsOptions {
  scopes: CostScopes;
  config: Pick<CostConfig, 'ingest' | 'retentionMonths' | 'timezone'>;
  now: () => Date;
  /** Less in tests. */
  mostRows?: number;
}

/** Sets of items, the oldest first, and what is to be said of them. */
export interface AnsweredSets {
  window: AllocationWindow;
  step: number;
  sets: Array<{ window: AllocationWindow; items: AllocationItem[] }>;
  warnings: string[];
}

/** A question that was checked. */
interface Asked {
  query: AllocationQueryInput;
  window: AllocationWindow;
  sets: AllocationSet[];
  filter: AllocationFilter;
  idle: IdleTreatment;
  needs: NeededProperties;
}

/** What was charged, by what OpenCost's `/allocation` can be asked for. */
export class Allocations {
  readonly #options: AllocationsOptions;
  readonly #mostRows: number;

  static create(options: AllocationsOptions) {
    return new Allocations(options);
  }

  private constructor(options: AllocationsOptions) {
    this.#options = options;
    this.#mostRows = options.mostRows ?? MOST_ALLOCATION_ROWS;
  }

  /**
   * @throws InputError when the answer would be too large, or the window is none;
   * NotAllowedError when the caller may see nothing, or asks to share what only who
   * may see everything can share.
   */
  async answer(
    query: AllocationQueryInput,
    credentials: BackstageCredentials,
  ): Promise<AnsweredSets> {
    const now = this.#options.now();
    const asked = readQuestion(query, now);
    const kept = hoursKeptFrom(this.#options.config, now);
    if (asked.window.start < kept.getTime()) {
      throw new InputError(
        `window ${isSaid(
          query.window,
        )}, which begins before hours are kept; it must begin at ${kept.toISOString()} or later`,
      );
    }
    const { rows, hours, isEverything } = await this.#options.scopes.read(
      'fleet',
      credentials,
      async at => {
        requireSharing(asked, at);
        return {
          rows: await this.#rows(asked, at),
          hours: await at.allocations.hours(asked.window),
          isEverything: at.scope.isEverything,
        };
      },
    );
    const { window, sets } = asked;
    const [first] = sets[0].steps;
    return {
      window,
      step: first.end - first.start,
      sets: await answerSets(asked, rows, isEverything, now),
      warnings: [
        ...this.#hoursWarnings(asked, hours, now),
        ...serviceWarnings(asked, rows),
        ...(isEverything || asked.idle === 'hidden'
          ? []
          : [
              'Idle capacity belongs to no service and is left out: it is shown to who has the permission cost.read for every service.',
            ]),
      ],
    };
  }

  async #rows(
    { needs, sets, query }: Asked,
    { allocations }: ScopedStores,
  ): Promise<StepRow[]> {
    const steps = sets.flatMap(each => each.steps);
    const most = this.#mostRows;
    const byDay =
      UTC.includes(this.#options.config.timezone) && steps.every(isOfDays);
    const rows = await allocations.rows({ steps, needs, byDay, most });
    if (rows.length <= most) {
      return rows;
    }
    const count = await allocations.count({ steps, needs, byDay });
    const fitting = Math.floor((steps.length * most) / count);
    const would = [
      ...(fitting > 0 && steps.length > 1
        ? [
            `a window of ${
              fitting === 1 ? 'one step' : `some ${fitting} steps`
            } instead of ${steps.length}`,
            'a longer step',
          ]
        : []),
      'aggregate=namespace or aggregate=controller',
    ];
    throw new InputError(
      `window ${isSaid(
        query.window,
      )}; its answer would be made of ${count} rows where ${most} is the most: it must be asked with ${would.join(
        ', ',
      )}`,
    );
  }

  #hoursWarnings(
    { window, needs }: Asked,
    hours: readonly HoursKnown[],
    now: Date,
  ): string[] {
    const closed = closedUntil(now, this.#options.config.ingest.settleMs);
    const over = Math.max(
      0,
      (Math.min(window.end, closed.getTime()) - window.start) / HOUR_MS,
    );
    return hours.flatMap(({ cluster, complete, partial, byPod }) => {
      const unknown = over - complete - partial;
      const told = [
        ...(unknown > 0
          ? [`${unknown} of ${over} hours of cluster ${cluster} are not known`]
          : []),
        ...(partial > 0
          ? [`${partial} hours of cluster ${cluster} are known in part`]
          : []),
        ...((needs.pod || needs.node) && byPod < complete + partial
          ? [
              `Of ${
                complete + partial - byPod
              } hours of cluster ${cluster} single pods and nodes are not kept: they are __unallocated__`,
            ]
          : []),
      ];
      return told.map(each => `${each}.`);
    });
  }
}

function readQuestion(query: AllocationQueryInput, now: Date): Asked {
  const window = parseAllocationWindow(query.window, now);
  if (!window) {
    throw new InputError(
      `window ${isSaid(
        query.window,
      )}; ${WINDOW_FORMS}, and have a whole hour that begins after its start`,
    );
  }
  const { step, accumulate = 'none', aggregate } = query;
  const sets = setsOf(window, { step, accumulate });
  if (!sets) {
    throw new InputError(
      `step is longer than accumulate=${accumulate}; it must be at most as long`,
    );
  }
  const steps = sets.reduce((sum, each) => sum + each.steps.length, 0);
  if (steps > MOST_STEPS) {
    throw new InputError(
      `window ${isSaid(
        query.window,
      )}, which makes ${steps} steps; it must make ${MOST_STEPS} at most, so ask for a longer step or a shorter window`,
    );
  }
  const filter = filterOf(query);
  const idle = idleOf(query);
  const nodeMatters =
    query.idleByNode &&
    idle !== 'hidden' &&
    (idle === 'shared' ||
      query.splitIdle ||
      !aggregate ||
      filter.kind !== 'everything');
  const needs = needsOf([
    ...(aggregate ? needsOfAggregate(aggregate) : [EVERY_PROPERTY]),
    ...needsOfFilter(filter),
    {
      namespace: Boolean(query.shareNamespaces?.length),
      labels: (query.shareLabels ?? []).map(([name]) => name),
      node: Boolean(nodeMatters),
    },
  ]);
  return { query, window, sets, filter, idle, needs };
}

function idleOf({
  shareIdle,
  includeIdle,
  idle,
}: AllocationQueryInput): IdleTreatment {
  if (shareIdle) {
    return 'shared';
  }
  return includeIdle ?? idle ?? false ? 'separate' : 'hidden';
}

/** Who sees a part of what is shared, or of those who carry it, would be told wrong amounts. */
function requireSharing({ query, idle }: Asked, { scope }: ScopedStores): void {
  if (scope.isEverything) {
    return;
  }
  const shares = Object.entries({
    shareIdle: idle === 'shared',
    shareNamespaces: query.shareNamespaces?.length,
    shareLabels: query.shareLabels?.length,
    shareCost: query.shareCost,
  }).find(([, value]) => value);
  if (shares) {
    throw new NotAllowedError(
      `You need the permission cost.read for every service to ask with ${shares[0]}, as it moves what others cost; ask without it to see what your services cost`,
    );
  }
}

async function answerSets(
  { query, sets, filter, idle }: Asked,
  rows: readonly StepRow[],
  isEverything: boolean,
  now: Date,
): Promise<AnsweredSets['sets']> {
  const byStep = new Map<number, StepRow[]>();
  for (const row of rows) {
    const ofStep = byStep.get(row.step) ?? [];
    ofStep.push(row);
    byStep.set(row.step, ofStep);
  }
  const question = (step: AllocationWindow): AllocationQuestion => ({
    aggregate: query.aggregate,
    filter,
    idle: isEverything ? idle : 'hidden',
    idleByNode: query.idleByNode ?? false,
    splitIdle: query.splitIdle ?? false,
    shared: {
      namespaces: query.shareNamespaces ?? [],
      labels: query.shareLabels ?? [],
      overhead: overheadOf(query.shareCost ?? 0n, step, now),
      split: query.shareSplit ?? 'weighted',
    },
  });
  const answered: AnsweredSets['sets'] = [];
  let index = 0;
  for (const { steps, start, end } of sets) {
    const answers: AllocationItem[][] = [];
    for (const step of steps) {
      answers.push(answerStep(byStep.get(index) ?? [], question(step)));
      index += 1;
      // Requests are answered by the same thread.
      await setImmediate();
    }
    answered.push({ window: { start, end }, items: sumItems(answers) });
  }
  return answered;
}

function isOfDays({ start, end }: AllocationWindow): boolean {
  return start % DAY_MS === 0 && end % DAY_MS === 0;
}

/** Of a monthly amount what a step has come to so far; of steps that touch it sums exactly. */
function overheadOf(
  monthly: bigint,
  { start, end }: AllocationWindow,
  now: Date,
): bigint {
  const until = (at: number) => {
    const hours = Math.floor(Math.min(at, now.getTime()) / HOUR_MS);
    return (monthly * BigInt(hours)) / HOURS_PER_MONTH;
  };
  return until(end) - until(start);
}

function serviceWarnings({ query }: Asked, rows: readonly StepRow[]): string[] {
  const byService = query.aggregate?.some(({ by }) => by === 'service');
  const isTold = rows.some(({ properties }) => properties.services);
  return byService && rows.length > 0 && !isTold
    ? [
        'No source of this window says which Services select a pod, so that all of it is __unallocated__.',
      ]
    : [];
}
