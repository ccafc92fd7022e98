import { ContainerHour, SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { z } from 'zod';

type Check = (value: unknown) => boolean;

const INSTANT = z.regexes.datetime({});

const isText: Check = value => typeof value === 'string';
const isAmount: Check = value => Number.isFinite(value) && Number(value) >= 0;
const isSeconds: Check = value => isAmount(value) && Number(value) <= 3600;
const isShare: Check = value => isAmount(value) && Number(value) <= 1;
const isCount: Check = value =>
  Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag: Check = value => typeof value === 'boolean';
const isInstant: Check = value =>
  typeof value === 'string' && INSTANT.test(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isLabels: Check = value =>
  isObject(value) && Object.values(value).every(isText);

/** Twelve amounts, each of which may not be known. */
export function isHourSamples(value: unknown): value is Array<number | null> {
  if (!Array.isArray(value) || value.length !== SLOTS_PER_HOUR) {
    return false;
  }
  for (const sample of value) {
    if (sample !== null && !isAmount(sample)) {
      return false;
    }
  }
  return true;
}

const isSamples: Check = value =>
  isObject(value) &&
  (value.cpuCores === undefined || isHourSamples(value.cpuCores)) &&
  (value.memoryBytes === undefined || isHourSamples(value.memoryBytes));

type Optional = {
  [K in keyof ContainerHour]-?: undefined extends ContainerHour[K] ? K : never;
}[keyof ContainerHour];

const REQUIRED: Record<Exclude<keyof ContainerHour, Optional>, Check> = {
  hour: isInstant,
  namespace: isText,
  pod: isText,
  container: isText,
  workloadKind: isText,
  workload: isText,
  labels: isLabels,
  runSeconds: isSeconds,
};

const OPTIONAL: Record<Optional, Check> = {
  node: isText,
  labelsSanitized: isFlag,
  cpuRequestCoreSeconds: isAmount,
  cpuUsageCoreSeconds: isAmount,
  cpuChargedCoreSeconds: isAmount,
  memoryRequestByteSeconds: isAmount,
  memoryUsageByteSeconds: isAmount,
  memoryChargedByteSeconds: isAmount,
  gpuRequestDeviceSeconds: isAmount,
  gpuBusyDeviceSeconds: isAmount,
  samples: isSamples,
  cpuLimitCores: isAmount,
  memoryLimitBytes: isAmount,
  image: isText,
  specKnown: isFlag,
  oomKills: isCount,
  restarts: isCount,
  throttledShare: isShare,
  startedAt: isInstant,
  run: isText,
};

const CHECKS: Array<[name: string, check: Check]> = [
  ...Object.entries(REQUIRED),
  ...Object.entries(OPTIONAL).map<[string, Check]>(([name, check]) => [
    name,
    value => value === undefined || check(value),
  ]),
];

/**
 * The containers of an answer, as they came. They are nearly all of it, so they
 * are checked in place and by hand: a schema would hold a second copy of
 * everything, and take longer than the rest of reading it.
 */
export const containerHours = z
  .custom<ContainerHour[]>()
  .superRefine((containers: unknown, context) => {
    if (!Array.isArray(containers)) {
      context.addIssue({ code: 'custom', message: 'is not a list' });
      return;
    }
    for (let i = 0; i < containers.length; i++) {
      const container: unknown = containers[i];
      const wrong = isObject(container) ? wrongField(container) : [];
      if (wrong) {
        context.addIssue({
          code: 'custom',
          path: [i, ...wrong],
          message: 'is not what it should be',
        });
        return;
      }
    }
  });

function wrongField(container: Record<string, unknown>): string[] | undefined {
  for (const [name, check] of CHECKS) {
    if (!check(container[name])) {
      return [name];
    }
  }
  return undefined;
}
