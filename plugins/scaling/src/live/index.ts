export * from './useLiveReport';
