import { makeStyles, useTheme } from '@material-ui/core/styles';
import { REVIEW_PARTS } from '@headroom/plugin-cost-common';
import { PartMark } from '@headroom/react';
import { ChangeWords } from './ChangeWords';
import { reviewPartColor } from './partColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(0, 0, 1),
    padding: 0,
    listStyle: 'none',
  },
}));

/** Which colour of a bar is which part of a change. */
export function SplitLegend({
  words,
}: {
  words: Pick<ChangeWords, 'part' | 'hint'>;
}) {
  const classes = useStyles();
  const theme = useTheme();
  return (
    <ul className={classes.root}>
      {REVIEW_PARTS.map(part => (
        <li key={part} title={words.hint[part]}>
          <PartMark part={{ color: reviewPartColor(part, theme) }} />
          {words.part[part]}
        </li>
      ))}
    </ul>
  );
}
