export * from './CostSubPages';
