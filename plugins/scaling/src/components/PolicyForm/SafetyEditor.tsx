import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { Policy, PolicyLead } from '@headroom/plugin-scaling-common';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldGroup, FieldRow, NumberInput, SelectInput } from './fields';

const MODES = ['observe', 'propose', 'enforce'] as const;
const LEADS = ['measured', 'fixed', 'none'] as const;

function leadOf(type: PolicyLead['type']): PolicyLead {
  return type === 'fixed' ? { type, seconds: 300 } : { type };
}

/** In which clusters a policy acts; none chosen = in all. */
export function ClustersPicker(props: {
  value: readonly string[] | undefined;
  onChange: (value: string[] | undefined) => void;
}) {
  const { value, onChange } = props;
  const { t } = useScalingTranslation();
  const { settings } = useScalingSettings();
  const names = [
    ...new Set([
      ...(settings?.clusters ?? []).map(({ name }) => name),
      ...(value ?? []),
    ]),
  ];
  return (
    <FieldGroup label={t('form.clusters')} path="clusters">
      <div>
        {names.map(name => {
          const chosen = value?.includes(name) ?? false;
          return (
            <FormControlLabel
              key={name}
              control={
                <Checkbox
                  color="primary"
                  checked={chosen}
                  onChange={() => {
                    const next = names.filter(each =>
                      each === name ? !chosen : value?.includes(each),
                    );
                    onChange(next.length > 0 ? next : undefined);
                  }}
                />
              }
              label={name}
            />
          );
        })}
      </div>
      <div>{!value && t('form.allClusters')}</div>
    </FieldGroup>
  );
}

/** How far a policy goes, what it waits for, who says yes, and how much it may change. */
export function SafetyEditor(props: {
  value: Policy;
  onChange: (value: Policy) => void;
}) {
  const { value, onChange } = props;
  const { lead, limits } = value;
  const { t } = useScalingTranslation();
  return (
    <>
      <FieldGroup label={t('form.mode')}>
        <FieldRow>
          <SelectInput
            path="mode"
            label={t('column.mode')}
            hint={t(`mode.${value.mode}.hint`)}
            value={value.mode}
            options={MODES.map(mode => ({
              value: mode,
              label: t(`mode.${mode}.name`),
            }))}
            onChange={mode => onChange({ ...value, mode })}
          />
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={value.twoPersons}
                onChange={() =>
                  onChange({ ...value, twoPersons: !value.twoPersons })
                }
              />
            }
            label={t('form.twoPersons')}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup label={t('form.care')}>
        <FieldRow>
          <NumberInput
            path="graceMinutes"
            label={t('form.grace')}
            hint={t('form.graceHint')}
            value={value.graceMinutes}
            onChange={minutes =>
              onChange({ ...value, graceMinutes: minutes ?? NaN })
            }
          />
          <SelectInput
            path="lead.type"
            label={t('form.lead')}
            hint={t(`lead.${lead.type}.hint`)}
            value={lead.type}
            options={LEADS.map(type => ({
              value: type,
              label: t(`lead.${type}.name`),
            }))}
            onChange={type => onChange({ ...value, lead: leadOf(type) })}
          />
          {lead.type === 'fixed' && (
            <NumberInput
              path="lead.seconds"
              label={t('form.leadSeconds')}
              value={lead.seconds}
              onChange={seconds =>
                onChange({
                  ...value,
                  lead: { type: 'fixed', seconds: seconds ?? NaN },
                })
              }
            />
          )}
        </FieldRow>
        <FieldRow>
          <NumberInput
            path="limits.actionsPerRun"
            label={t('form.actionsPerRun')}
            hint={t('form.limitHint')}
            value={limits.actionsPerRun}
            optional
            min={1}
            onChange={actionsPerRun =>
              onChange({ ...value, limits: { ...limits, actionsPerRun } })
            }
          />
          <NumberInput
            path="limits.percentPerRun"
            label={t('form.percentPerRun')}
            value={limits.percentPerRun}
            optional
            max={100}
            onChange={percentPerRun =>
              onChange({ ...value, limits: { ...limits, percentPerRun } })
            }
          />
          <NumberInput
            path="limits.actionsPerDay"
            label={t('form.actionsPerDay')}
            value={limits.actionsPerDay}
            optional
            min={1}
            onChange={actionsPerDay =>
              onChange({ ...value, limits: { ...limits, actionsPerDay } })
            }
          />
        </FieldRow>
      </FieldGroup>
    </>
  );
}
