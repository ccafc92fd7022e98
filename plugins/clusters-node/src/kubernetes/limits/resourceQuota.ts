import {
  NamespaceLimit,
  parseQuantity,
  QuotaScope,
  ResourceSpec,
} from '@headroom/common';
import { withoutUndefined } from '../workloads/containerSpec';
import { ResourceQuota } from './objects';

const MAX_SCOPES = 16;
const MAX_VALUES = 64;
/** No class has a longer name, nor NUL in it, which no database can store. */
const LONGEST_NAME = 253;

/** Names of what a quota counts; the short ones mean requests. */
const NAMES: Record<keyof ResourceSpec, string[]> = {
  cpuRequestCores: ['requests.cpu', 'cpu'],
  cpuLimitCores: ['limits.cpu'],
  memoryRequestBytes: ['requests.memory', 'memory'],
  memoryLimitBytes: ['limits.memory'],
};

/** What a ResourceQuota counts of CPU and memory; undefined when it counts none. @internal */
export function readResourceQuota({
  metadata,
  spec,
  status,
}: ResourceQuota): NamespaceLimit | undefined {
  // What is enforced is what the controller has taken over.
  const hard = amountsOf(status?.hard ?? spec?.hard, Math.min);
  return Object.keys(hard).length > 0
    ? {
        kind: 'ResourceQuota',
        namespace: metadata.namespace ?? '',
        name: metadata.name,
        hard,
        used: amountsOf(status?.used, Math.max),
        scopes: scopesOf(spec),
      }
    : undefined;
}

function amountsOf(
  quantities: Record<string, string> = {},
  tightest: (...values: number[]) => number,
): ResourceSpec {
  const amounts: ResourceSpec = {};
  for (const field of Object.keys(NAMES) as Array<keyof ResourceSpec>) {
    const said = NAMES[field].flatMap(
      name => parseQuantity(quantities[name]) ?? [],
    );
    if (said.length > 0) {
      amounts[field] = tightest(...said);
    }
  }
  return withoutUndefined(amounts);
}

function scopesOf(spec: ResourceQuota['spec']): QuotaScope[] {
  const plain = (spec?.scopes ?? []).map(
    (scope): QuotaScope => ({ scope, operator: 'Exists', values: [] }),
  );
  const selected = (spec?.scopeSelector?.matchExpressions ?? []).map(
    ({ scopeName, operator, values = [] }): QuotaScope => ({
      scope: scopeName,
      operator: isOperator(operator) ? operator : 'Exists',
      values: values
        .filter(name => name.length <= LONGEST_NAME && !name.includes('\0'))
        .slice(0, MAX_VALUES),
    }),
  );
  return [...plain, ...selected].slice(0, MAX_SCOPES);
}

function isOperator(operator: string): operator is QuotaScope['operator'] {
  return ['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator);
}
