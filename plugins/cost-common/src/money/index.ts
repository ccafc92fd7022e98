export * from './Money';
export * from './decimals';
export * from './resourceMicros';
export * from './splitExactly';
