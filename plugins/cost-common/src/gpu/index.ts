export * from './types';
export { asksForGpu } from './amounts';
export * from './gpuModel';
export * from './migProfiles';
export * from './gpuLayout';
export * from './reservedDevices';
export * from './heldShares';
export * from './splitUse';
export * from './verdict';
export * from './GpuJudge';
export type { PowerContradiction } from './PowerEvidence';
export * from './HeatMap';
export * from './advise';
export {
  GPU_ADVICE_SENTENCES,
  GPU_LAYOUT_SENTENCES,
  GPU_PART_SENTENCES,
  GPU_VERDICT_SENTENCES,
} from './messages';
