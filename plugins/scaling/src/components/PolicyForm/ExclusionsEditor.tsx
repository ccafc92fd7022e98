import Button from '@material-ui/core/Button';
import { PolicyExclusion } from '@headroom/plugin-scaling-common';
import { DateTime } from 'luxon';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldGroup, FieldRow, NamesInput, TextInput } from './fields';
import { changeAt, removeAt } from './lists';

/** An instant as an input of date and time has it, in the browser's zone. */
function localText(at: string | undefined): string {
  return at ? DateTime.fromISO(at).toFormat("yyyy-MM-dd'T'HH:mm") : '';
}

/** Workloads that a policy leaves alone. */
export function ExclusionsEditor(props: {
  value: readonly PolicyExclusion[];
  onChange: (value: PolicyExclusion[]) => void;
}) {
  const { value, onChange } = props;
  const { t } = useScalingTranslation();
  return (
    <FieldGroup label={t('form.exclusions')} path="exclusions">
      {value.map((exclusion, index) => {
        const { targets } = exclusion;
        const path = `exclusions[${index}]`;
        const number = String(index + 1);
        const change = (changes: Partial<PolicyExclusion>) =>
          onChange(changeAt(value, index, { ...exclusion, ...changes }));
        const narrow = (changes: Partial<PolicyExclusion['targets']>) =>
          change({ targets: { ...targets, ...changes } });
        return (
          <FieldGroup
            key={index}
            label={t('form.exclusion', { number })}
            path={path}
          >
            <FieldRow>
              <NamesInput
                path={`${path}.targets.namespaces`}
                label={t('form.namespaces')}
                hint={t('form.namesHint')}
                value={targets.namespaces}
                onChange={namespaces => narrow({ namespaces })}
              />
              <NamesInput
                path={`${path}.targets.names`}
                label={t('form.names')}
                value={targets.names}
                onChange={names => narrow({ names })}
              />
              <NamesInput
                path={`${path}.targets.kinds`}
                label={t('form.kinds')}
                value={targets.kinds}
                onChange={kinds => narrow({ kinds })}
              />
              <TextInput
                path={`${path}.targets.selector`}
                label={t('form.selector')}
                value={targets.selector ?? ''}
                onChange={selector =>
                  narrow({ selector: selector || undefined })
                }
              />
            </FieldRow>
            <FieldRow>
              <TextInput
                path={`${path}.reason`}
                label={t('dialog.reason')}
                value={exclusion.reason ?? ''}
                onChange={reason => change({ reason: reason || undefined })}
              />
              <TextInput
                path={`${path}.until`}
                label={t('form.until')}
                hint={t('form.untilHint')}
                type="datetime-local"
                value={localText(exclusion.until)}
                onChange={text =>
                  change({
                    until: text
                      ? DateTime.fromISO(text).toUTC().toISO() ?? undefined
                      : undefined,
                  })
                }
              />
            </FieldRow>
            <div>
              <Button
                size="small"
                onClick={() => onChange(removeAt(value, index))}
              >
                {t('form.removeExclusion', { number })}
              </Button>
            </div>
          </FieldGroup>
        );
      })}
      <div>
        <Button
          size="small"
          variant="outlined"
          onClick={() => onChange([...value, { targets: {} }])}
        >
          {t('form.addExclusion')}
        </Button>
      </div>
    </FieldGroup>
  );
}
