export * from './anomalyAlert';
export * from './budgetAlert';
export * from './costAlert';
export * from './mergeAlerts';
export * from './planDelivery';
export * from './quietHours';
export * from './reviewAlert';
