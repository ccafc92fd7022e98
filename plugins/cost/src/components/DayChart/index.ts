export * from './DayChart';
export { isGap } from './chartDays';
