export * from './inertText';
