import HelpIcon from '@material-ui/icons/HelpOutline';
import MoonIcon from '@material-ui/icons/Brightness3';
import PlayIcon from '@material-ui/icons/PlayArrow';
import RemoveIcon from '@material-ui/icons/RemoveCircleOutline';
import SlowIcon from '@material-ui/icons/TrendingDown';
import { GpuVerdict } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { Tag, TagTone } from '@headroom/react';

const TONES: Record<GpuVerdict, TagTone> = {
  idle: 'plain',
  'unused-memory-free': 'bad',
  'unused-memory-held': 'bad',
  'busy-low': 'wait',
  busy: 'good',
  unknown: 'plain',
};

const ICONS = {
  idle: RemoveIcon,
  'unused-memory-free': MoonIcon,
  'unused-memory-held': MoonIcon,
  'busy-low': SlowIcon,
  busy: PlayIcon,
  unknown: HelpIcon,
};

/** What a device did, in a word. */
export function VerdictTag(props: { verdict: GpuVerdict }) {
  const { verdict } = props;
  const { t } = useCostTranslation();
  return (
    <Tag tone={TONES[verdict]} icon={ICONS[verdict]}>
      {t(`gpuUse.verdict.${verdict}`)}
    </Tag>
  );
}
