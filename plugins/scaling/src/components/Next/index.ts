export * from './NextPage';
