import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import StorageIcon from '@material-ui/icons/Storage';
import { useCostTranslation } from '../../useCostTranslation';
import { StatePage } from '@headroom/react';

/** No cluster is configured: shows the config that would connect one. */
export function NoClusters() {
  const { t } = useCostTranslation();
  return (
    <StatePage icon={StorageIcon} title={t('noClusters.title')}>
      <Typography paragraph>
        {t('noClusters.text', { key: 'headroom.clusters' })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text={`# app-config.yaml
headroom:
  clusters:
    - name: production
      region: eu-central-1
      prometheus:
        url: https://prometheus.example.com`}
      />
    </StatePage>
  );
}
