import { Entity } from '@backstage/catalog-model';
import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import LinkOffIcon from '@material-ui/icons/LinkOff';
import { CLOUD_RESOURCE } from '@headroom/common';
import { StatePage } from '@headroom/react';
import { useBillTranslation } from '../../useBillTranslation';

const TRUSTED = 'headroom.cost.bill.annotations.trustedLocations';

/** No charge is the entity's: says the ways to make some so, with its own name filled in. */
export function NoCharges(props: { entity: Entity; hasBill: boolean }) {
  const { entity, hasBill } = props;
  const { name, annotations } = entity.metadata;
  const { t } = useBillTranslation();
  const named = annotations?.[CLOUD_RESOURCE];
  if (!hasBill) {
    return (
      <StatePage icon={LinkOffIcon} title={t('own.noBill')}>
        <Typography>{t('own.noBillNext')}</Typography>
      </StatePage>
    );
  }
  return (
    <StatePage icon={LinkOffIcon} title={t('own.noCharges')}>
      <Typography paragraph>
        {named
          ? t('own.named', { resources: named, key: TRUSTED })
          : t('own.notNamed')}
      </Typography>
      <Typography variant="subtitle2" component="h3">
        {t('own.byAnnotation', { annotation: CLOUD_RESOURCE })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text={`# catalog-info.yaml
metadata:
  name: ${name}
  annotations:
    ${CLOUD_RESOURCE}: ${
          named ?? `arn:aws:rds:eu-west-1:123456789012:db:${name}`
        }`}
      />
      <Typography variant="subtitle2" component="h3">
        {t('own.byTag', { key: 'headroom.cost.bill.serviceTags' })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text={`service: ${name}`}
      />
      <Typography variant="subtitle2" component="h3">
        {t('own.byRule', { key: 'headroom.cost.bill.rules' })}
      </Typography>
    </StatePage>
  );
}
