import {
  BudgetScope,
  CostRule,
  RuleDayShare,
  RuleHour,
  RuleSubjectKind,
} from '@headroom/plugin-cost-common';
import {
  ClusterPart,
  RuleCluster,
  RuleService,
} from '../../database/rules/RuleInputStore';

/** Something that rules are judged of. */
export interface RuleSubject {
  title: string;
  scope: BudgetScope;
  /** By place in the span; undefined = not known. */
  hours: Array<RuleHour | undefined>;
  /** What its budget leaves of a day; absent = it has none that can be compared. */
  dayShare?: RuleDayShare;
}

const NOTHING: RuleHour = {
  cost: 0,
  idle: 0,
  cpuMemory: 0,
  cpuMemoryKnown: 0,
  cpuMemoryUsed: 0,
  gpu: 0,
  gpuKnown: 0,
  gpuUsed: 0,
  cores: 0,
  spotCores: 0,
};
const NAMES = Object.keys(NOTHING) as Array<keyof RuleHour>;

const KINDS: Partial<Record<BudgetScope['type'], RuleSubjectKind>> = {
  service: 'service',
  group: 'team',
  cluster: 'cluster',
};

/**
 * A service, over its clusters: those where it had something in the span, and those of
 * which no hour of the span is known. An hour is known when it is of all of them.
 */
export function serviceSubject(
  { entityRef, title, parts }: RuleService,
  clusters: ReadonlyMap<number, RuleCluster>,
  count: number,
): RuleSubject {
  const counting = parts.flatMap(part => {
    const cluster = clusters.get(part.clusterId);
    return cluster && (part.hours.size > 0 || cluster.complete.size === 0)
      ? [{ part, cluster }]
      : [];
  });
  return {
    title,
    scope: { type: 'service', entityRef },
    hours: hoursOf(count, place =>
      counting.every(({ cluster }) => cluster.complete.has(place))
        ? counting
            .map(({ part }) => part.hours.get(place) ?? NOTHING)
            .reduce(plus, NOTHING)
        : undefined,
    ),
  };
}

/** A cluster with what was given to nobody. */
export function clusterSubject(
  cluster: RuleCluster,
  whole: ClusterPart | undefined,
  count: number,
): RuleSubject {
  const { name, complete } = cluster;
  return {
    title: name,
    scope: { type: 'cluster', cluster: name },
    hours: hoursOf(count, place =>
      complete.has(place) ? whole?.hours.get(place) ?? NOTHING : undefined,
    ),
  };
}

/** Whether a rule looks at a subject as it is now. */
export function looksAt(
  rule: CostRule,
  { scope, dayShare }: Pick<RuleSubject, 'scope' | 'dayShare'>,
): boolean {
  return (
    isOf(rule, scope) &&
    (rule.measure !== 'daily-cost' || dayShare !== undefined)
  );
}

/** Whether a rule is for a subject, whatever it has now. */
export function isOf(
  { subjects, only }: CostRule,
  scope: BudgetScope,
): boolean {
  const name = nameOf(scope);
  const kind = KINDS[scope.type];
  return (
    name !== undefined &&
    kind !== undefined &&
    subjects.includes(kind) &&
    (only.length === 0 ||
      only.some(each => each.toLocaleLowerCase('en-US') === name.toLowerCase()))
  );
}

/** Entity reference, or name of the cluster. */
function nameOf(scope: BudgetScope): string | undefined {
  if ('entityRef' in scope) {
    return scope.entityRef;
  }
  return scope.type === 'cluster' ? scope.cluster : undefined;
}

function hoursOf(
  count: number,
  of: (place: number) => RuleHour | undefined,
): Array<RuleHour | undefined> {
  return Array.from({ length: count }, (_, place) => of(place));
}

/** The sum of two hours. */
export function plus(a: RuleHour, b: RuleHour): RuleHour {
  const sum = { ...a };
  for (const name of NAMES) {
    sum[name] += b[name];
  }
  return sum;
}
