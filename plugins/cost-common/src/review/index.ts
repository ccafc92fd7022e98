export * from './budgetOverrun';
export * from './foldReview';
export * from './review';
export * from './reviewActions';
export * from './reviewFacts';
export * from './reviewMarkdown';
export * from './reviewWeek';
export * from './splitChange';
