export * from './OriginDialog';
export * from './useOrigin';
