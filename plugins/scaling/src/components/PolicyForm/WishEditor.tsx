import { Wish } from '@headroom/plugin-scaling-common';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldRow, NumberInput, SelectInput } from './fields';

const TYPES = ['untouched', 'bounds', 'fixed', 'zero'] as const;

/** A wish to begin with, of a type. */
function wishOf(type: Wish['type']): Wish {
  switch (type) {
    case 'bounds':
      return { type, floor: 1 };
    case 'fixed':
      return { type, replicas: 1 };
    default:
      return { type };
  }
}

/** What is wanted: as its owner has it, a floor and a ceiling, a count, or none. */
export function WishEditor(props: {
  path: string;
  label: string;
  value: Wish;
  onChange: (value: Wish) => void;
}) {
  const { path, label, value, onChange } = props;
  const { t } = useScalingTranslation();
  return (
    <FieldRow>
      <SelectInput
        path={`${path}.type`}
        label={label}
        hint={t(`wish.${value.type}.hint`)}
        value={value.type}
        options={TYPES.map(type => ({
          value: type,
          label: t(`wish.${type}.name`),
        }))}
        onChange={type => onChange(wishOf(type))}
      />
      {value.type === 'bounds' && (
        <>
          <NumberInput
            path={`${path}.floor`}
            label={t('wish.floor')}
            value={value.floor}
            optional
            onChange={floor => onChange({ ...value, floor })}
          />
          <NumberInput
            path={`${path}.ceiling`}
            label={t('wish.ceiling')}
            value={value.ceiling}
            optional
            onChange={ceiling => onChange({ ...value, ceiling })}
          />
        </>
      )}
      {value.type === 'fixed' && (
        <NumberInput
          path={`${path}.replicas`}
          label={t('wish.replicas')}
          value={value.replicas}
          min={1}
          onChange={replicas =>
            onChange({ type: 'fixed', replicas: replicas ?? NaN })
          }
        />
      )}
    </FieldRow>
  );
}
