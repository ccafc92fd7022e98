export * from './ModeTag';
export * from './PolicyLink';
export * from './StateTag';
