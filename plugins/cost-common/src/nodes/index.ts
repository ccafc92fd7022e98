export * from './describeNodeLabels';
