export * from './HeldLease';
export * from './Leases';
