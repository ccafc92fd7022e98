import CheckIcon from '@material-ui/icons/Check';
import PauseIcon from '@material-ui/icons/PauseCircleOutline';
import TuneIcon from '@material-ui/icons/Tune';
import { AdviceRow } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { Tag, TagTone } from '@headroom/react';

const TONES: Record<AdviceRow['status'], TagTone> = {
  change: 'good',
  keep: 'plain',
  withheld: 'wait',
};
const ICONS = { change: TuneIcon, keep: CheckIcon, withheld: PauseIcon };

/** Whether there is something to change, nothing, or something that is held back. */
export function StatusTag(props: { status: AdviceRow['status'] }) {
  const { status } = props;
  const { t } = useCostTranslation();
  return (
    <Tag tone={TONES[status]} icon={ICONS[status]}>
      {t(`advice.status.${status}`)}
    </Tag>
  );
}
