export * from './Money';
export * from './decimals';
export * from './rational';
export * from './splitExactly';
