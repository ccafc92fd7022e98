export * from './matchesFilter';
export * from './parseFilter';
export * from './printFilter';
export {
  NO_FILTER,
  type AllocationFilter,
  type FilterComparison,
  type FilterField,
  type FilterMatch,
} from './types';
