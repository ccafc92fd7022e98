export * from './Fence';
export * from './ScheduledTurns';
