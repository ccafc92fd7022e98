export * from './ChartLegend';
export * from './ChartSection';
export * from './DayBars';
export * from './DayCard';
export * from './DayNotes';
export * from './PartMark';
export * from './types';
export * from './TableToggle';
