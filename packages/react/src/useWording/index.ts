export * from './useWording';
