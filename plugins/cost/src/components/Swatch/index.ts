export * from './Swatch';
