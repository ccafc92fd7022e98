export * from './types';
export * from './cpuDay';
export { heldLevels } from './heldLevels';
export { chooseRequest, type RequestOptions } from './chooseRequest';
