export * from './resourceMicros';
