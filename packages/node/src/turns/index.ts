export * from './ScheduledTurns';
