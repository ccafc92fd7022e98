export * from './CardRunning';
export * from './RunningNow';
export * from './refreshUntilMeasured';
