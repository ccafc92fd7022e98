import { LabelAlias } from '../properties';

/** Fields that have one value, several, or one a name. */
export const TEXT_FIELDS = [
  'cluster',
  'node',
  'namespace',
  'controllerKind',
  'controllerName',
  'pod',
  'container',
  'department',
  'environment',
  'owner',
  'product',
  'team',
] as const;
export const LIST_FIELDS = ['services'] as const;
export const MAP_FIELDS = ['label', 'annotation'] as const;

/** What can be filtered by. @public */
export type FilterField =
  | 'cluster'
  | 'node'
  | 'namespace'
  | 'controllerKind'
  | 'controllerName'
  | 'pod'
  | 'container'
  | LabelAlias
  | 'services'
  | 'label'
  | 'annotation';

export const FILTER_FIELDS: readonly FilterField[] = [
  ...TEXT_FIELDS,
  ...LIST_FIELDS,
  ...MAP_FIELDS,
];

/** How a value is compared; of a list, some element must be so. @public */
export type FilterMatch = 'equals' | 'contains' | 'prefix' | 'suffix';

/** Operators, the longest first: each begins with one that is shorter. */
export const OPERATORS: ReadonlyArray<{
  text: string;
  match: FilterMatch;
  negated: boolean;
}> = [
  { text: '!<~:', match: 'prefix', negated: true },
  { text: '!~>:', match: 'suffix', negated: true },
  { text: '!~:', match: 'contains', negated: true },
  { text: '<~:', match: 'prefix', negated: false },
  { text: '~>:', match: 'suffix', negated: false },
  { text: '!:', match: 'equals', negated: true },
  { text: '~:', match: 'contains', negated: false },
  { text: ':', match: 'equals', negated: false },
];

/** One field against values: any of them must match, or, negated, none. @public */
export interface FilterComparison {
  kind: 'comparison';
  field: FilterField;
  /** Of a label or an annotation; absent = its names are compared. */
  key?: string;
  match: FilterMatch;
  negated: boolean;
  values: string[];
}

/** Which allocations are asked for. @public */
export type AllocationFilter =
  | { kind: 'everything' }
  | FilterComparison
  | { kind: 'group'; op: 'and' | 'or'; operands: AllocationFilter[] };

/** Everything. @public */
export const NO_FILTER: AllocationFilter = { kind: 'everything' };

/** Whether a field's name is that of an alias. */
export function isAlias(field: FilterField): field is LabelAlias {
  return ['department', 'environment', 'owner', 'product', 'team'].includes(
    field,
  );
}
