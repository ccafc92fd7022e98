import { Entity } from '@backstage/catalog-model';
import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import LinkOffIcon from '@material-ui/icons/LinkOff';
import { useCostTranslation } from '../../useCostTranslation';
import { StatePage } from '@headroom/react';

const ID_ANNOTATION = 'backstage.io/kubernetes-id';
const SELECTOR_ANNOTATION = 'backstage.io/kubernetes-label-selector';

/** Nothing in any cluster is linked to the service: says the three ways to link it, with its own name filled in. */
export function NoWorkloads(props: { entity: Entity }) {
  const { annotations, name } = props.entity.metadata;
  const { t } = useCostTranslation();
  const id = annotations?.[ID_ANNOTATION];
  const selector = annotations?.[SELECTOR_ANNOTATION];
  return (
    <StatePage icon={LinkOffIcon} title={t('noWorkloads.title')}>
      <Typography paragraph>
        {selector && t('noWorkloads.hasSelector', { selector })}
        {!selector && id && t('noWorkloads.hasId', { id })}
        {!selector && !id && t('noWorkloads.hasNothing')}
      </Typography>
      <Typography variant="subtitle2" component="h3">
        {t('noWorkloads.byId', { annotation: ID_ANNOTATION })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text={`# catalog-info.yaml
metadata:
  name: ${name}
  annotations:
    ${ID_ANNOTATION}: ${id ?? name}
# and on the pods
metadata:
  labels:
    ${ID_ANNOTATION}: ${id ?? name}`}
      />
      <Typography variant="subtitle2" component="h3">
        {t('noWorkloads.bySelector', { annotation: SELECTOR_ANNOTATION })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text={`metadata:
  annotations:
    ${SELECTOR_ANNOTATION}: ${selector ?? `app.kubernetes.io/name=${name}`}`}
      />
      <Typography variant="subtitle2" component="h3">
        {t('noWorkloads.byConfig', { key: 'headroom.cost.links' })}
      </Typography>
    </StatePage>
  );
}
