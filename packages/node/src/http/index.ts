export * from './availability';
export * from './entityRefOf';
export * from './jsonBody';
export * from './malformedPath';
export * from './mountRoutes';
export * from './parseInput';
export * from './sendCsv';
