export * from './planFacts';
export * from './PlansPage';
export * from './PlanTable';
