export * from './describeNodeLabels';
export * from './nodeLabelRules';
