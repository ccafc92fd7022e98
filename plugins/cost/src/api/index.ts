export * from './costApiRef';
