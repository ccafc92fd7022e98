import { parseQuantity } from '@headroom/common';
import { ContainerPatch } from '../../world/interventions/Intervention';
import { isEqual, isMap, Json, JsonMap, valueAt } from '../fields/json';
import { FieldProblem } from '../status';

const REQUESTS = ['resources', 'requests'];
const LIMITS = ['resources', 'limits'];

function amount(container: Json, path: string[], of: string) {
  const value = valueAt(container, [...path, of]);
  return typeof value === 'string' || typeof value === 'number'
    ? parseQuantity(value)
    : undefined;
}

/** What a container asks for and may use of CPU and memory; as an API server has it, it asks for its limit unless it says how much. */
function amountsOf(container: Json): Required<ContainerPatch> {
  const cpuLimit = amount(container, LIMITS, 'cpu');
  const memoryLimit = amount(container, LIMITS, 'memory');
  return {
    cpuRequestCores: amount(container, REQUESTS, 'cpu') ?? cpuLimit ?? 0,
    memoryRequestBytes:
      amount(container, REQUESTS, 'memory') ?? memoryLimit ?? 0,
    cpuLimitCores: cpuLimit ?? null,
    memoryLimitBytes: memoryLimit ?? null,
  };
}

function problemsOf(container: Json, path: string): FieldProblem[] {
  const amounts = amountsOf(container);
  const found: FieldProblem[] = [];
  for (const [resource, request, limit] of [
    ['cpu', amounts.cpuRequestCores, amounts.cpuLimitCores],
    ['memory', amounts.memoryRequestBytes, amounts.memoryLimitBytes],
  ] as const) {
    const value = (of: string[]) =>
      JSON.stringify(valueAt(container, [...of, resource]));
    if (request < 0) {
      found.push({
        field: `${path}.resources.requests[${resource}]`,
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${value(
          REQUESTS,
        )}: must be greater than or equal to 0`,
      });
    }
    if (limit !== null && request > limit) {
      found.push({
        field: `${path}.resources.requests`,
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${value(
          REQUESTS,
        )}: must be less than or equal to ${resource} limit of ${valueAt(
          container,
          [...LIMITS, resource],
        )}`,
      });
    }
  }
  return found;
}

/** What differs between the amounts of two containers. */
function changeOf(before: Json, after: Json): ContainerPatch {
  const was = amountsOf(before);
  const is = amountsOf(after);
  const changed = Object.entries(is).filter(
    ([key, value]) => value !== was[key as keyof ContainerPatch],
  );
  return Object.fromEntries(changed);
}

/** A container without what can be changed of it. */
function rest(container: Json): Json {
  if (!isMap(container)) {
    return container;
  }
  const { resources, ...others } = container;
  const left = (list: Json) => {
    const { cpu: _cpu, memory: _memory, ...more } = isMap(list) ? list : {};
    return more;
  };
  const { requests, limits, ...more } = isMap(resources) ? resources : {};
  return {
    ...others,
    requests: left(requests),
    limits: left(limits),
    more,
  } satisfies JsonMap;
}

/** Changes of the resources of containers, by name, and what is wrong with them or can't be changed. */
export function containerChanges(
  before: Json,
  after: Json,
  path: string,
): { changes: Record<string, ContainerPatch>; problems: FieldProblem[] } {
  const was = Array.isArray(before) ? before : [];
  const is = Array.isArray(after) ? after : [];
  const nameOf = (container: Json) => String(valueAt(container, ['name']));
  const changes: Record<string, ContainerPatch> = {};
  const problems: FieldProblem[] = [];
  if (!isEqual(was.map(nameOf).sort(), is.map(nameOf).sort())) {
    problems.push(fixed(path, 'other containers'));
    return { changes, problems };
  }
  is.forEach((container, index) => {
    const at = `${path}[${index}]`;
    const known = was.find(each => nameOf(each) === nameOf(container));
    problems.push(...problemsOf(container, at));
    const change = changeOf(known, container);
    if (Object.keys(change).length > 0) {
      changes[nameOf(container)] = change;
    }
    const kept = rest(known);
    const wanted = rest(container);
    if (!isEqual(kept, wanted) && isMap(kept) && isMap(wanted)) {
      const names = new Set([...Object.keys(kept), ...Object.keys(wanted)]);
      const other = [...names].filter(
        name => !isEqual(kept[name], wanted[name]),
      );
      problems.push(...other.map(name => fixed(`${at}.${name}`, 'that')));
    }
  });
  return { changes, problems };
}

/** What this cluster can't do, because it is simulated. */
export function fixed(field: string, what: string): FieldProblem {
  return {
    field,
    reason: 'FieldValueForbidden',
    message: `Forbidden: this cluster is simulated and can't run ${what}; replicas, bounds, suspension, requests, limits, labels and annotations can be changed`,
  };
}
