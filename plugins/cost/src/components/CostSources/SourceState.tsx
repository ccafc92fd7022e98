import {
  StatusError,
  StatusOK,
  StatusPending,
  StatusRunning,
  StatusWarning,
} from '@backstage/core-components';
import { SourcesReport } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';

type State = SourcesReport['clusters'][number]['state'];

const STATUS = {
  ok: StatusOK,
  waiting: StatusPending,
  down: StatusError,
  'back-filling': StatusRunning,
  'no-source': StatusWarning,
};

/** The state of a source, in a word and a sign. */
export function SourceState(props: { state: State }) {
  const Status = STATUS[props.state];
  const { t } = useCostTranslation();
  return <Status>{t(`sources.state.${props.state}`)}</Status>;
}
