import { Entity } from '@backstage/catalog-model';
import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import LinkOffIcon from '@material-ui/icons/LinkOff';
import { KUBERNETES_ID } from '@headroom/common';
import { StatePage } from '@headroom/react';
import { useScalingTranslation } from '../../useScalingTranslation';

/** Nothing in any cluster is linked to the service: says how to link it. */
export function NoWorkloads(props: { entity: Entity }) {
  const { name, annotations } = props.entity.metadata;
  const { t } = useScalingTranslation();
  const id = annotations?.[KUBERNETES_ID] ?? name;
  return (
    <StatePage icon={LinkOffIcon} title={t('noWorkloads.title')}>
      <Typography paragraph>
        {t('noWorkloads.text', { annotation: KUBERNETES_ID })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text={`# catalog-info.yaml
metadata:
  name: ${name}
  annotations:
    ${KUBERNETES_ID}: ${id}
# and on the workloads and their pods
metadata:
  labels:
    ${KUBERNETES_ID}: ${id}`}
      />
    </StatePage>
  );
}
