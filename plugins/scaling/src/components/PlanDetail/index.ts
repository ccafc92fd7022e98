export * from './PlanDetailPage';
export * from './ActionButtons';
