import { once } from '@headroom/node';
import {
  AllocationFilter,
  FilterComparison,
  FilterField,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';

/** Filters of version 1, which `kubectl cost` still sends, by the field of version 2. */
const FIELDS = {
  filterClusters: 'cluster',
  filterNodes: 'node',
  filterNamespaces: 'namespace',
  filterControllerKinds: 'controllerKind',
  filterControllers: 'controllerName',
  filterPods: 'pod',
  filterContainers: 'container',
  filterServices: 'services',
  filterLabels: 'label',
  filterAnnotations: 'annotation',
  filterDepartments: 'department',
  filterEnvironments: 'environment',
  filterOwners: 'owner',
  filterProducts: 'product',
  filterTeams: 'team',
} as const satisfies Record<string, FilterField>;

type Name = keyof typeof FIELDS;

const names = once
  .optional()
  .describe('Names with commas between; a * at the end stands for the rest.');

/** Their parameters. */
export const LEGACY_FILTERS = Object.fromEntries(
  Object.keys(FIELDS).map(name => [name, names]),
) as Record<Name, typeof names> satisfies z.ZodRawShape;

/** What they ask for, in version 2. All of them must hold; of the names of one, any. */
export function legacyFilter(
  query: Partial<Record<Name, string>>,
): AllocationFilter[] {
  return (Object.keys(FIELDS) as Name[]).flatMap(name => {
    const operands = (query[name] ?? '')
      .split(',')
      .map(part => part.trim())
      .filter(Boolean)
      .map(part => operandOf(FIELDS[name], part));
    if (operands.length < 2) {
      return operands;
    }
    return [{ kind: 'group' as const, op: 'or' as const, operands }];
  });
}

function operandOf(field: FilterField, part: string): AllocationFilter {
  const colon = part.indexOf(':');
  if (colon > 0 && (field === 'label' || field === 'annotation')) {
    return comparisonOf(field, part.slice(colon + 1), part.slice(0, colon));
  }
  if (colon > 0 && field === 'controllerName') {
    return {
      kind: 'group',
      op: 'and',
      operands: [
        comparisonOf('controllerKind', part.slice(0, colon)),
        comparisonOf('controllerName', part.slice(colon + 1)),
      ],
    };
  }
  return comparisonOf(field, part);
}

function comparisonOf(
  field: FilterField,
  value: string,
  key?: string,
): FilterComparison {
  const isPrefix = value.endsWith('*');
  return {
    kind: 'comparison',
    field,
    ...(key !== undefined && { key: key.trim() }),
    match: isPrefix ? 'prefix' : 'equals',
    negated: false,
    values: [isPrefix ? value.slice(0, -1) : value.trim()],
  };
}
