export * from './ReviewView';
