export * from './Pacer';
