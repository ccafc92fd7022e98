export * from './availability';
export * from './entityRefOf';
export * from './parseInput';
export * from './sendCsv';
