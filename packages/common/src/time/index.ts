export {
  addDays,
  calendarDay,
  calendarDayOf,
  dayBounds,
  daysBetween,
  eachDay,
  monthStart,
  nextMonthStart,
  validDay,
  validZone,
} from './days';
export * from './durations';
export * from './ReportWindow';
export * from './windows';
