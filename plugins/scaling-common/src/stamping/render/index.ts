export { migProfileFor } from './gpuResource';
export { PRIORITY_CLASSES } from './names';
export { renderService } from './renderService';
export type { RenderedFile, RenderOptions } from './renderService';
export { writeYaml } from './writeYaml';
