export * from './ExplainButton';
export * from './ExplainDialog';
export * from './ExplainPart';
export * from './FigureStep';
export * from './FigureStepList';
