import {
  aliasedValue,
  AllocationProperties,
  NeededProperties,
  needsOfAlias,
  sanitizeLabel,
  UNALLOCATED,
} from '../properties';
import {
  AllocationFilter,
  FilterComparison,
  FilterMatch,
  isAlias,
} from './types';

/**
 * Whether a filter lets an allocation through. `"__unallocated__"` stands for what
 * has no value; names of labels are compared as Prometheus has them. Of Services and
 * of names of labels, `:` and `~:` both ask whether one is there, as in OpenCost.
 *
 * @public
 */
export function matchesFilter(
  filter: AllocationFilter,
  properties: AllocationProperties,
): boolean {
  switch (filter.kind) {
    case 'everything':
      return true;
    case 'comparison':
      return matchesAny(filter, properties) !== filter.negated;
    default:
      return filter.op === 'and'
        ? filter.operands.every(each => matchesFilter(each, properties))
        : filter.operands.some(each => matchesFilter(each, properties));
  }
}

function matchesAny(
  comparison: FilterComparison,
  properties: AllocationProperties,
): boolean {
  const { field, key, values } = comparison;
  const isList = field === 'services';
  const isNames = (field === 'label' || field === 'annotation') && !key;
  const match =
    (isList || isNames) && comparison.match === 'contains'
      ? 'equals'
      : comparison.match;
  const found = valuesOf(comparison, properties);
  return values.some(value =>
    found.length === 0
      ? value === UNALLOCATED || (!isNames && matchesText('', value, match))
      : found.some(each =>
          matchesText(each, isNames ? sanitizeLabel(value) : value, match),
        ),
  );
}

/** What an allocation has in a field; none = nothing. */
function valuesOf(
  { field, key }: FilterComparison,
  properties: AllocationProperties,
): string[] {
  switch (field) {
    case 'services':
      return properties.services ?? [];
    case 'label':
    case 'annotation': {
      const map =
        (field === 'label' ? properties.labels : properties.annotations) ?? {};
      return !key ? Object.keys(map) : present(map[sanitizeLabel(key)]);
    }
    case 'controllerName':
      return present(properties.controller);
    default:
      return present(
        isAlias(field) ? aliasedValue(field, properties) : properties[field],
      );
  }
}

function present(value: string | undefined): string[] {
  return value ? [value] : [];
}

function matchesText(text: string, value: string, match: FilterMatch): boolean {
  switch (match) {
    case 'equals':
      return text === value;
    case 'prefix':
      return text.startsWith(value);
    case 'suffix':
      return text.endsWith(value);
    default:
      return text.includes(value);
  }
}

/** What must be told apart to answer a filter. @public */
export function needsOfFilter(
  filter: AllocationFilter,
): Array<Partial<NeededProperties>> {
  switch (filter.kind) {
    case 'everything':
      return [];
    case 'comparison':
      return [needsOfComparison(filter)];
    default:
      return filter.operands.flatMap(needsOfFilter);
  }
}

function needsOfComparison({
  field,
  key,
}: FilterComparison): Partial<NeededProperties> {
  switch (field) {
    case 'label':
    case 'annotation':
      return {
        [`${field}s`]: !key ? 'all' : [sanitizeLabel(key)],
      };
    case 'controllerKind':
    case 'controllerName':
      return { controller: true };
    case 'cluster':
      return {};
    default:
      return isAlias(field) ? needsOfAlias(field) : { [field]: true };
  }
}
