export * from './DayChart';
export { isGap } from './chartDays';
export { useDayNote } from './useDayNote';
