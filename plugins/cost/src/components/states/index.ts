export * from './NoWorkloads';
export * from './NoDataYet';
export * from './NoClusters';
export * from './NoServices';
