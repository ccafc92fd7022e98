export * from './OriginDialog';
export type { FigureSubject } from './figureSteps';
export * from './useOrigin';
