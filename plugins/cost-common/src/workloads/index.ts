export * from './labels';
export * from './types';
export * from './workloadNames';
