import { Entity } from '@backstage/catalog-model';
import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import LinkOffIcon from '@material-ui/icons/LinkOff';
import { KUBERNETES_ID, KUBERNETES_LABEL_SELECTOR } from '@headroom/common';
import { useCostTranslation } from '../../useCostTranslation';
import { StatePage } from '@headroom/react';

/** Nothing in any cluster is linked to the service: says the three ways to link it, with its own name filled in. */
export function NoWorkloads(props: { entity: Entity }) {
  const { annotations, name } = props.entity.metadata;
  const { t } = useCostTranslation();
  const id = annotations?.[KUBERNETES_ID];
  const selector = annotations?.[KUBERNETES_LABEL_SELECTOR];
  return (
    <StatePage icon={LinkOffIcon} title={t('noWorkloads.title')}>
      <Typography paragraph>
        {selector && t('noWorkloads.hasSelector', { selector })}
        {!selector && id && t('noWorkloads.hasId', { id })}
        {!selector && !id && t('noWorkloads.hasNothing')}
      </Typography>
      <Typography variant="subtitle2" component="h3">
        {t('noWorkloads.byId', { annotation: KUBERNETES_ID })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text={`# catalog-info.yaml
metadata:
  name: ${name}
  annotations:
    ${KUBERNETES_ID}: ${id ?? name}
# and on the pods
metadata:
  labels:
    ${KUBERNETES_ID}: ${id ?? name}`}
      />
      <Typography variant="subtitle2" component="h3">
        {t('noWorkloads.bySelector', { annotation: KUBERNETES_LABEL_SELECTOR })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text={`metadata:
  annotations:
    ${KUBERNETES_LABEL_SELECTOR}: ${
          selector ?? `app.kubernetes.io/name=${name}`
        }`}
      />
      <Typography variant="subtitle2" component="h3">
        {t('noWorkloads.byConfig', { key: 'headroom.cost.links' })}
      </Typography>
    </StatePage>
  );
}
