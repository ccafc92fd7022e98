export * from './matchesFilter';
export * from './parseFilter';
export * from './printFilter';
export {
  FILTER_FIELDS,
  NO_FILTER,
  type AllocationFilter,
  type FilterComparison,
  type FilterField,
  type FilterMatch,
} from './types';
