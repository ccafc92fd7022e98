import {
  CRITICALITIES,
  DecisionAnswers,
  ENVIRONMENTS,
  KINDS_OF_WORK,
  ServiceKind,
} from '@headroom/plugin-scaling-common';
import { useScalingTranslation } from '../../useScalingTranslation';
import {
  CountInput,
  InputRow,
  OneOfInput,
  QuantityInput,
  YesInput,
} from './DecisionInputs';

/** Kinds for whose answers somebody waits. */
const ANSWERING: ReadonlySet<ServiceKind> = new Set([
  'web-service',
  'api-gateway',
  'model-serving',
  'gpu-inference',
  'feature-store',
]);

/** Kinds that may work on a GPU. */
const ON_GPU: ReadonlySet<ServiceKind> = new Set([
  'model-serving',
  'gpu-inference',
  'batch-inference',
  'training-job',
]);

/** What the reader knows of the work. */
export function DecisionQuestions(props: {
  answers: DecisionAnswers;
  /** What follows from them. */
  kind: ServiceKind;
  /** Whether the reader says what the work is; else the template does. */
  asksWork: boolean;
  disabled?: boolean;
  onChange: (answers: DecisionAnswers) => void;
}) {
  const { answers, kind, asksWork, disabled, onChange } = props;
  const { t } = useScalingTranslation();
  const change = (more: Partial<DecisionAnswers>) =>
    onChange({ ...answers, ...more });
  // A template for models without a GPU is of no other kind.
  const asksGpu = ON_GPU.has(kind) && (asksWork || kind !== 'model-serving');
  return (
    <>
      {asksWork && (
        <OneOfInput
          label={t('stamping.decision.work')}
          value={answers.work ?? 'requests'}
          options={KINDS_OF_WORK.map(work => ({
            value: work,
            label: t(`stamping.decision.works.${work}`),
          }))}
          disabled={disabled}
          onChange={work => change({ work })}
        />
      )}
      <InputRow>
        <OneOfInput
          label={t('stamping.decision.environment')}
          value={answers.environment}
          options={ENVIRONMENTS.map(environment => ({
            value: environment,
            label: t(`stamping.decision.environments.${environment}`),
          }))}
          disabled={disabled}
          onChange={environment => change({ environment })}
        />
        <OneOfInput
          label={t('stamping.decision.criticality')}
          value={answers.criticality}
          options={CRITICALITIES.map(criticality => ({
            value: criticality,
            label: t(`stamping.decision.criticalities.${criticality}`),
          }))}
          disabled={disabled}
          onChange={criticality => change({ criticality })}
        />
      </InputRow>
      {ANSWERING.has(kind) && (
        <InputRow>
          <CountInput
            label={t('stamping.decision.requestsPerSecond')}
            hint={t('stamping.decision.requestsPerSecondHint')}
            value={answers.requestsPerSecond}
            disabled={disabled}
            onChange={requestsPerSecond => change({ requestsPerSecond })}
          />
          <CountInput
            label={t('stamping.decision.latency')}
            hint={t('stamping.decision.latencyHint')}
            value={answers.latencyMilliseconds}
            disabled={disabled}
            onChange={latencyMilliseconds => change({ latencyMilliseconds })}
          />
        </InputRow>
      )}
      {asksGpu && (
        <InputRow>
          <QuantityInput
            label={t('stamping.decision.gpuMemory')}
            hint={t('stamping.decision.gpuMemoryHint')}
            value={answers.gpuMemory}
            disabled={disabled}
            onChange={gpuMemory => change({ gpuMemory })}
          />
          <QuantityInput
            label={t('stamping.decision.gpuModel')}
            hint={t('stamping.decision.gpuModelHint')}
            value={answers.gpuModel}
            disabled={disabled}
            onChange={gpuModel => change({ gpuModel })}
          />
        </InputRow>
      )}
      {!ANSWERING.has(kind) && (
        <YesInput
          label={t('stamping.decision.interruptible')}
          value={answers.interruptible ?? true}
          disabled={disabled}
          onChange={interruptible => change({ interruptible })}
        />
      )}
    </>
  );
}
