export * from './NowPage';
