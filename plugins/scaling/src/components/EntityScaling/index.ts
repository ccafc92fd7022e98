export * from './EntityScaling';
