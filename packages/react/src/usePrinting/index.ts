export * from './usePrinting';
