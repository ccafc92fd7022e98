export * from './Contests';
export * from './KillSwitches';
export * from './LedgerPages';
export * from './PlanPages';
export * from './pages';
