import { contextMemory } from '../contextMemory';
import { GpuAdvice } from '../types';
import { GpuWorkloadUse } from './types';

/** What a workload with a GPU is there for, as far as its name and kind tell. */
export type GpuRole = 'notebook' | 'training' | 'inference' | 'unknown';

const NOTEBOOK = /notebook|jupyter|code-?server|vs-?code|rstudio|workbench/i;
const TRAINING_KIND =
  /^(Cron)?Job$|^(PyTorch|TF|MPI|XGBoost|Paddle|JAX|Ray|Train)Job$|^JobSet$/i;
const TRAINING = /train|fine-?tun|pretrain/i;
const INFERENCE =
  /infer|serv(e|ing)\b|vllm|triton|\btgi\b|ollama|sglang|tensorrt|\bllm\b/i;
const INFERENCE_KIND =
  /^(InferenceService|LeaderWorkerSet|Rollout|Deployment)$/;

/** A Deployment serves unless its name says otherwise. */
export function roleOf({
  kind,
  name,
  container,
}: GpuAdvice['workload']): GpuRole {
  const names = `${name} ${container}`;
  if (NOTEBOOK.test(names) || kind === 'Notebook') {
    return 'notebook';
  }
  if (TRAINING_KIND.test(kind) || TRAINING.test(names)) {
    return 'training';
  }
  return INFERENCE.test(names) || INFERENCE_KIND.test(kind)
    ? 'inference'
    : 'unknown';
}

/** What tells whether something is loaded. */
type MemoryUse = Pick<GpuWorkloadUse, 'memory' | 'model' | 'boardShare'>;

/** Something stays loaded in the memory of its devices. */
export function isLoaded({ memory, model, boardShare }: MemoryUse): boolean {
  return (
    memory !== undefined &&
    memory.leastOfHolderBytes > contextMemory(model, boardShare).loadedBytes
  );
}

/** An inference server with its model loaded: it waits by design. */
export function waitsLoaded(
  use: MemoryUse & Pick<GpuWorkloadUse, 'workload'>,
): boolean {
  return isLoaded(use) && roleOf(use.workload) === 'inference';
}
