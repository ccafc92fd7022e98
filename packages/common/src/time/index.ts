export {
  addDays,
  calendarDay,
  calendarDayOf,
  dayBounds,
  dayNumber,
  dayOfNumber,
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
