export { GPU_ADVICE_SENTENCES, wordGpuAdvice } from './gpuAdviceSentences';
export {
  GPU_PART_SENTENCES,
  gib,
  mib,
  percent,
  watts,
  wordGpuPart,
} from './gpuPartSentences';
export { GPU_LAYOUT_SENTENCES, wordGpuLayout } from './gpuLayoutSentences';
export { GPU_VERDICT_SENTENCES, wordGpuVerdict } from './gpuVerdictSentences';
