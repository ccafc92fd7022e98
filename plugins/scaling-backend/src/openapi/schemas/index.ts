export * from './acting';
export * from './manifests';
export * from './policies';
export * from './reports';
