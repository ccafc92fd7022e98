export * from './builtInPriceBook';
export * from './convertPriceBook';
export type { PriceDiscount } from './discounts';
export { mergePriceBooks } from './mergePriceBooks';
export * from './networkPricer';
export * from './nodePricer';
export * from './priceBookSchema';
export * from './types';
export * from './volumePricer';
