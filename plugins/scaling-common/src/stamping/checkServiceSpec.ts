import {
  decimalToMicros,
  microsToDecimal,
  parseQuantity,
  Worded,
} from '@headroom/common';
import { checkGpu } from './checkGpu';
import { checkNames } from './checkNames';
import { checkScaling } from './checkScaling';
import { isZone } from '../schedules/zones';
import { readCron } from '../schedules/cronTimes';
import { readSchedule, refusesSchedule } from './readSchedule';
import { isBatch, isScaled } from './render/names';
import { error, ServiceIssue, warning } from './ServiceIssue';
import { ServiceSpec } from './ServiceSpec';
import { sayStamping } from './stampingSentences';

/** What is known beside the spec. @public */
export interface ServiceContext {
  nowMs: number;
  /** Names under `headroom.clusters`; absent = not known. */
  clusters?: readonly string[];
  /** What the smallest number of replicas costs a month; absent = not known. */
  minMonthly?: { micros: bigint; currency: string };
}

type Check = (spec: ServiceSpec, context: ServiceContext) => ServiceIssue[];

function checkReplicas(spec: ServiceSpec): ServiceIssue[] {
  const { replicas, criticality, scaling, kind } = spec;
  const { min, max } = replicas;
  if (min > max) {
    return [error('replicas.min', sayStamping('minAboveMax', { min, max }))];
  }
  if (kind === 'training-job') {
    return max > 1
      ? [error('replicas.max', sayStamping('runsAbove', { max }))]
      : [];
  }
  const issues: ServiceIssue[] = [];
  if (min === max && isScaled(spec)) {
    issues.push(error('replicas.max', sayStamping('minIsMax', { min })));
  }
  if (min === 0 && criticality === 'critical') {
    issues.push(
      error('replicas.min', sayStamping('zeroCritical', { least: 2 })),
    );
  } else if (min === 0 && scaling.signal !== 'queueDepth') {
    const { signal } = scaling;
    issues.push(error('replicas.min', sayStamping('zeroServing', { signal })));
  }
  if (min === 1 && !isBatch(spec)) {
    issues.push(
      criticality === 'dev'
        ? warning('replicas.min', sayStamping('oneReplica'))
        : error('replicas.min', sayStamping('oneReplica')),
    );
  }
  return issues;
}

function checkQuantities({
  requests,
  limits,
  storage,
  gpu,
  kind,
}: ServiceSpec) {
  const quantities: ReadonlyArray<readonly [string, string | undefined]> = [
    ['requests.cpu', requests.cpu],
    ['requests.memory', requests.memory],
    ['requests.ephemeralStorage', requests.ephemeralStorage],
    ['limits.cpu', limits?.cpu],
    ['limits.memory', limits?.memory],
    ['storage', storage],
    ['gpu.memory', gpu?.memory],
  ];
  const issues: ServiceIssue[] = quantities.flatMap(([field, value]) => {
    const quantity = value === undefined ? 1 : parseQuantity(value);
    return quantity === undefined || !(quantity > 0)
      ? [shape(field, value ?? '', sayStamping('rightQuantity'))]
      : [];
  });
  for (const resource of ['cpu', 'memory'] as const) {
    const limit = limits?.[resource];
    const value = limit === undefined ? undefined : parseQuantity(limit);
    const request = parseQuantity(requests[resource]);
    if (value !== undefined && request !== undefined && value < request) {
      issues.push(
        error(
          `limits.${resource}`,
          sayStamping('limitBelow', {
            field: `limits.${resource}`,
            value: limit!,
            request: requests[resource],
          }),
        ),
      );
    }
  }
  const keeps = kind === 'feature-store' || kind === 'training-job';
  if (keeps && storage === undefined) {
    issues.push(error('storage', sayStamping('storageMissing')));
  }
  return issues;
}

function checkImage({ image }: ServiceSpec): ServiceIssue[] {
  const last = image.slice(image.lastIndexOf('/') + 1);
  const isPinned = last.includes('@')
    ? /@sha256:[0-9a-f]{4,64}$/.test(last)
    : /^[^:]+:[\w][\w.-]{0,127}$/.test(last) && !last.endsWith(':latest');
  return isPinned && !/[\s"']/.test(image)
    ? []
    : [shape('image', image, sayStamping('rightImage'))];
}

function checkTimes(
  { timezone, schedule, cron, kind }: ServiceSpec,
  { nowMs }: ServiceContext,
): ServiceIssue[] {
  if (!isZone(timezone)) {
    return [error('timezone', sayStamping('zone', { value: timezone }))];
  }
  const issues: ServiceIssue[] = [];
  if (cron !== undefined) {
    if (kind !== 'training-job') {
      issues.push(warning('cron', sayStamping('cronOnly', { value: cron })));
    } else if (!isCron(cron)) {
      issues.push(shape('cron', cron, sayStamping('rightCron')));
    } else if (!readCron(cron).nextRun(new Date(nowMs))) {
      issues.push(error('cron', sayStamping('cronNever', { value: cron })));
    }
  } else if (kind === 'training-job') {
    issues.push(error('cron', sayStamping('cronMissing')));
  }
  if (schedule !== undefined) {
    const read = readSchedule(schedule, timezone, { nowMs });
    issues.push(
      ...read.issues.map(issue => ({
        path: 'schedule',
        severity: refusesSchedule(issue) ? ('error' as const) : issue.severity,
        text: issue.text,
      })),
    );
  }
  return issues;
}

function isCron(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) {
    return false;
  }
  try {
    readCron(text);
    return true;
  } catch {
    return false; // croner says what; the sentence says what is right
  }
}

function checkCluster(
  { cluster }: ServiceSpec,
  { clusters }: ServiceContext,
): ServiceIssue[] {
  return clusters === undefined || clusters.includes(cluster)
    ? []
    : [
        error(
          'cluster',
          sayStamping('cluster', {
            value: cluster,
            known: clusters.join(', ') || '—',
          }),
        ),
      ];
}

/** Compared only in one currency. */
function checkBudget(
  { budget, replicas }: ServiceSpec,
  { minMonthly }: ServiceContext,
): ServiceIssue[] {
  if (!budget) {
    return [];
  }
  const micros = decimalToMicros(budget.amount);
  if (micros <= 0n) {
    return [shape('budget', budget.amount, sayStamping('rightMoney'))];
  }
  return minMonthly &&
    minMonthly.currency === budget.currency &&
    micros < minMonthly.micros
    ? [
        error(
          'budget',
          sayStamping('budgetBelow', {
            budget: `${budget.amount} ${budget.currency}`,
            cost: `${upToCents(minMonthly.micros)} ${budget.currency}`,
            min: replicas.min,
          }),
        ),
      ]
    : [];
}

/** Up, so that a budget of what is said is enough; a decimal of micros has six places. */
function upToCents(micros: bigint): string {
  const cents = (micros + 9_999n) / 10_000n;
  return microsToDecimal(cents * 10_000n).slice(0, -4);
}

function checkSpot({ spot, criticality }: ServiceSpec): ServiceIssue[] {
  return spot && criticality === 'critical'
    ? [warning('spot', sayStamping('spotCritical'))]
    : [];
}

const CHECKS: readonly Check[] = [
  checkNames,
  checkReplicas,
  checkScaling,
  checkQuantities,
  checkImage,
  checkGpu,
  checkTimes,
  checkCluster,
  checkBudget,
  checkSpot,
];

/**
 * What can't be of a service that has the shape of one, and what is better otherwise:
 * relations between fields, and names that must be known.
 *
 * @public
 */
export function checkServiceSpec(
  spec: ServiceSpec,
  context: ServiceContext,
): ServiceIssue[] {
  return CHECKS.flatMap(check => check(spec, context));
}

function shape(path: string, value: string, right: Worded): ServiceIssue {
  return error(
    path,
    sayStamping('shape', {
      field: path,
      value: JSON.stringify(value),
      right,
    }),
  );
}
