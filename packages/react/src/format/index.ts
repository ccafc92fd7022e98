export * from './money';
export * from './ratio';
export * from './dates';
export * from './entityName';
export * from './quantity';
export * from './resources';
