export * from './Figure';
export * from './FigureGrid';
