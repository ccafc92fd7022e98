export * from './download';
