export * from './StretchTable';
export * from './stretches';
export * from './Timeline';
export * from './TimelineSection';
