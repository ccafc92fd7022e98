export * from './asWanted';
export * from './bounds';
export * from './moments';
export * from './policyText';
