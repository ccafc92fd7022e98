import { ActingMode } from '@headroom/common';
import { Tag } from '@headroom/react';
import ObserveIcon from '@material-ui/icons/VisibilityOutlined';
import ProposeIcon from '@material-ui/icons/HelpOutline';
import EnforceIcon from '@material-ui/icons/FlashOn';
import { useScalingTranslation } from '../../useScalingTranslation';

const ICONS = {
  observe: ObserveIcon,
  propose: ProposeIcon,
  enforce: EnforceIcon,
};

/** How far a policy goes. */
export function ModeTag(props: { mode: ActingMode }) {
  const { mode } = props;
  const { t } = useScalingTranslation();
  return (
    <Tag tone="plain" icon={ICONS[mode]} title={t(`mode.${mode}.hint`)}>
      {t(`mode.${mode}.name`)}
    </Tag>
  );
}
