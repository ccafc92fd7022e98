import { AllocationFilter, OPERATORS } from './types';

/** A filter as text; parsed, it is the same filter. @public */
export function printAllocationFilter(filter: AllocationFilter): string {
  switch (filter.kind) {
    case 'everything':
      return '';
    case 'comparison': {
      const { field, key, match, negated, values } = filter;
      const operator = OPERATORS.find(
        each => each.match === match && each.negated === negated,
      );
      const of = key === undefined ? field : `${field}[${key}]`;
      return `${of}${operator?.text}${values
        .map(value => `"${value}"`)
        .join(',')}`;
    }
    default:
      return filter.operands
        .map(each =>
          each.kind === 'group'
            ? `(${printAllocationFilter(each)})`
            : printAllocationFilter(each),
        )
        .join(filter.op === 'and' ? '+' : '|');
  }
}
