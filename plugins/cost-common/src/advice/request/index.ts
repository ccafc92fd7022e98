export * from './types';
export * from './usageDay';
export { heldLevels } from './heldLevels';
export { chooseRequest, type RequestOptions } from './chooseRequest';
