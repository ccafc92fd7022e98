export * from './useMoneyRange';
