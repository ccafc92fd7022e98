export * from './ChangeSection';
export type { ChangeWords } from './ChangeWords';
export * from './partWords';
