import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { ManifestReport } from '@headroom/plugin-scaling-common';
import {
  errorKind,
  errorMessage,
  Notice,
  retryUntilRead,
  RowsSkeleton,
  useReport,
} from '@headroom/react';
import { useCallback } from 'react';
import { scalingApiRef } from '../../api';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { PlaceFindings } from './PlaceFindings';

/** How many of what, over all places. */
function Counts(props: { report: ManifestReport }) {
  const { places } = props.report;
  const { t } = useScalingTranslation();
  const all = places.flatMap(({ findings }) => findings);
  const count = (severity: string) =>
    all.filter(each => each.severity === severity).length;
  const objects = places.reduce((sum, place) => sum + place.objects, 0);
  return (
    <Typography variant="h5" component="p">
      {t('manifests.counts', {
        errors: t('manifests.errors', { count: count('error') }),
        warnings: t('manifests.warnings', { count: count('warning') }),
      })}{' '}
      <Typography component="span" color="textSecondary">
        {t('manifests.inObjects', { count: objects })}
      </Typography>
    </Typography>
  );
}

function Report(props: { report: ManifestReport }) {
  const { report } = props;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  return (
    <>
      {report.places.length === 0 ? (
        <Typography>{t('manifests.noPlace')}</Typography>
      ) : (
        <Counts report={report} />
      )}
      {report.notes.map(note => (
        <Notice key={note.message} severity="info">
          {wordingOf(note)}
        </Notice>
      ))}
      {report.places.map(checked => (
        <PlaceFindings key={JSON.stringify(checked.place)} checked={checked} />
      ))}
    </>
  );
}

function Failed(props: { error: Error; onRetry: () => void }) {
  const { error, onRetry } = props;
  const { t } = useScalingTranslation();
  switch (errorKind(error)) {
    case 'not-allowed':
      return <Typography>{t('manifests.notAllowed')}</Typography>;
    case 'not-found':
      return (
        <>
          <Typography paragraph>{t('manifests.notReadYet')}</Typography>
          <Typography color="textSecondary">{errorMessage(error)}</Typography>
        </>
      );
    default:
      return (
        <div role="alert">
          <Typography paragraph>{t('manifests.failed')}</Typography>
          <Button variant="outlined" onClick={onRetry}>
            {t('manifests.retry')}
          </Button>
        </div>
      );
  }
}

const RUNNING_MS = 10_000;
/** A quarter of an hour. */
const MOST_ROUNDS = 90;

/** What is new is written before it runs: until it does, the card looks again. */
function refreshUntilRunning(
  { places }: ManifestReport,
  rounds: number,
): number | undefined {
  const isRunning = places.some(({ place }) => place.type === 'cluster');
  return isRunning || rounds >= MOST_ROUNDS ? undefined : RUNNING_MS;
}

/**
 * A card of a Component: what is wrong with its manifests, where they run and where
 * they are written, why, and what mends it.
 *
 * @public
 */
export function EntityManifestsCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const load = useCallback(
    (signal: AbortSignal) => api.getManifests(entityRef, { signal }),
    [api, entityRef],
  );
  const { state, retry } = useReport(
    load,
    entityRef,
    refreshUntilRunning,
    retryUntilRead,
  );
  return (
    <InfoCard title={t('manifests.title')}>
      {state.status === 'loading' && <RowsSkeleton rows={6} />}
      {state.status === 'ok' && <Report report={state.value} />}
      {state.status === 'error' && (
        <Failed error={state.error} onRetry={retry} />
      )}
    </InfoCard>
  );
}
