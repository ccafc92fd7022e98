export * from './SavedFigure';
