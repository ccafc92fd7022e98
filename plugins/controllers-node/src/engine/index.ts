export * from './ActingEngine';
export * from './types';
export type { EnginePoint, PointListener } from './Reach';
