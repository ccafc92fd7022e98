export * from './DayChart';
export * from './DayNotes';
export { isGap } from './chartDays';
