import { CodeSnippet } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import DownloadIcon from '@material-ui/icons/GetApp';
import { useId } from 'react';
import { AdviceDetail } from '@headroom/plugin-cost-common';
import { Notice, Section, saveCsv, useUrlParam } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { kubectlName } from './kubectlName';
import { settingsCsv } from './settingsCsv';

const FORMS = ['strategicMerge', 'kustomize', 'helmValues'] as const;

/** The proposed settings, ready to be copied to where the workload is kept. */
export function TakeSection(props: { detail: AdviceDetail; fileName: string }) {
  const { detail, fileName } = props;
  const { patches, row, advice } = detail;
  const { t } = useCostTranslation();
  const [chosen, choose] = useUrlParam('take');
  const form = FORMS.find(candidate => candidate === chosen) ?? FORMS[0];
  const id = useId();
  if (!patches) {
    return (
      <Section title={t('advice.detail.take')}>
        <Typography variant="body2">{t('advice.detail.takeNone')}</Typography>
      </Section>
    );
  }
  return (
    <Section
      title={t('advice.detail.take')}
      subtitle={t('advice.detail.takeSubtitle')}
      action={
        <Button
          size="small"
          startIcon={<DownloadIcon />}
          aria-label={t('table.exportOf', { table: t('advice.detail.take') })}
          onClick={() => saveCsv(`${fileName}.csv`, settingsCsv(detail, t))}
        >
          {t('table.export')}
        </Button>
      }
    >
      {advice.hpa.length > 0 && (
        <Notice severity="warning">
          {t(
            advice.hpa.some(({ together }) => together)
              ? 'advice.detail.takeTogether'
              : 'advice.detail.takeMove',
            {
              name: advice.hpa
                .map(({ kind, name }) => `${kind} ${name}`)
                .join(', '),
            },
          )}
        </Notice>
      )}
      <Tabs
        value={form}
        onChange={(_, next) => choose(next)}
        indicatorColor="primary"
        textColor="primary"
        aria-label={t('advice.detail.patchLabel')}
      >
        {FORMS.map(candidate => (
          <Tab
            key={candidate}
            value={candidate}
            label={t(`advice.detail.patch.${candidate}`)}
            id={`${id}-tab-${candidate}`}
            aria-controls={`${id}-panel`}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${form}`}
      >
        <Typography variant="body2" color="textSecondary">
          {form === 'strategicMerge'
            ? t('advice.detail.patchHint.strategicMerge', {
                workload: kubectlName(row.workload),
                namespace: row.workload.namespace,
              })
            : t(`advice.detail.patchHint.${form}`)}
        </Typography>
        <CodeSnippet language="text" showCopyCodeButton text={patches[form]} />
      </div>
    </Section>
  );
}
