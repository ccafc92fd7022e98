import { GPU_SHARINGS, ServiceIssue } from '@headroom/plugin-scaling-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { DecisionChanges, DecisionValue } from './decideForm';
import {
  CountInput,
  InputRow,
  OneOfInput,
  QuantityInput,
  YesInput,
} from './DecisionInputs';
import { schemaProblem } from './fieldProps';

/** Where what is wrong is said at an input. */
const AT_INPUTS = new Set([
  'replicas.min',
  'replicas.max',
  'requests.cpu',
  'requests.memory',
  'gpu.sharing',
  'gpu.memory',
]);

/** The size that was decided, which the reader may change; what is wrong is said at the input. */
export function DecisionSize(props: {
  value: DecisionValue;
  issues: readonly ServiceIssue[];
  /** What the schema of the template says of it. */
  errorSchema: unknown;
  isChanged: boolean;
  disabled?: boolean;
  onChange: (changes: DecisionChanges) => void;
  onReset: () => void;
}) {
  const { value, issues, errorSchema, isChanged, disabled, onChange } = props;
  const { replicas, requests, gpu, spot } = value;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const problemAt = (path: string) => {
    const found = issues.find(each => each.path === path);
    return found ? wordingOf(found.text) : schemaProblem(errorSchema, path);
  };
  const elsewhere = issues.filter(({ path }) => !AT_INPUTS.has(path));
  return (
    <section>
      <Typography variant="subtitle2" component="h4" gutterBottom>
        {t('stamping.decision.adjust')}{' '}
        {isChanged && (
          <Button size="small" onClick={props.onReset} disabled={disabled}>
            {t('stamping.decision.reset')}
          </Button>
        )}
      </Typography>
      <InputRow>
        <CountInput
          label={t('stamping.decision.minReplicas')}
          value={replicas.min}
          problem={problemAt('replicas.min')}
          disabled={disabled}
          onChange={min =>
            min !== undefined && onChange({ replicas: { ...replicas, min } })
          }
        />
        <CountInput
          label={t('stamping.decision.maxReplicas')}
          value={replicas.max}
          problem={problemAt('replicas.max')}
          disabled={disabled}
          onChange={max =>
            max !== undefined && onChange({ replicas: { ...replicas, max } })
          }
        />
        <QuantityInput
          label={t('stamping.decision.cpu')}
          hint={t('stamping.decision.cpuHint')}
          value={requests.cpu}
          problem={problemAt('requests.cpu')}
          disabled={disabled}
          onChange={cpu =>
            onChange({ requests: { ...requests, cpu: cpu ?? '' } })
          }
        />
        <QuantityInput
          label={t('stamping.decision.memory')}
          hint={t('stamping.decision.memoryHint')}
          value={requests.memory}
          problem={problemAt('requests.memory')}
          disabled={disabled}
          onChange={memory =>
            onChange({ requests: { ...requests, memory: memory ?? '' } })
          }
        />
        {gpu && (
          <OneOfInput
            label={t('stamping.decision.sharing')}
            value={gpu.sharing}
            problem={problemAt('gpu.sharing') ?? problemAt('gpu.memory')}
            options={GPU_SHARINGS.map(sharing => ({
              value: sharing,
              label: t(`stamping.decision.sharings.${sharing}`),
            }))}
            disabled={disabled}
            onChange={sharing => onChange({ sharing })}
          />
        )}
      </InputRow>
      <YesInput
        label={t('stamping.decision.spot')}
        value={spot}
        disabled={disabled}
        onChange={isSpot => onChange({ spot: isSpot })}
      />
      {elsewhere.map(({ path, severity, text }) => (
        <Typography
          key={path}
          variant="body2"
          color={severity === 'error' ? 'error' : 'textPrimary'}
          role={severity === 'error' ? 'alert' : 'note'}
        >
          {wordingOf(text)}
        </Typography>
      ))}
    </section>
  );
}
