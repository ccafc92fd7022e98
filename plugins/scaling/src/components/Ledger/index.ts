export * from './LedgerPage';
export * from './LedgerTable';
export * from './SavingsSection';
