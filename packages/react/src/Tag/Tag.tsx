import { makeStyles } from '@material-ui/core/styles';
import { ComponentType, ReactNode } from 'react';

/** How a tag is meant; its words say the same. @public */
export type TagTone = 'good' | 'bad' | 'wait' | 'plain';

const useStyles = makeStyles(theme => {
  const edge = (light: string, dark: string) => ({
    borderColor: theme.palette.type === 'dark' ? dark : light,
    '& svg': { color: theme.palette.type === 'dark' ? dark : light },
  });
  return {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 4,
      padding: '1px 8px 1px 6px',
      border: '1px solid',
      borderRadius: 12,
      fontSize: 12,
      lineHeight: '18px',
      whiteSpace: 'nowrap',
      color: theme.palette.text.primary,
      '& svg': { fontSize: 14 },
    },
    good: edge('#00704F', '#1FC79A'),
    bad: edge('#B3261E', '#FF8A80'),
    wait: edge('#8A5300', '#F2A93B'),
    plain: edge(theme.palette.text.secondary, theme.palette.text.secondary),
  };
});

/** A word about a row, with a sign of its own: read without colour. @public */
export function Tag(props: {
  tone: TagTone;
  icon?: ComponentType<{ 'aria-hidden'?: boolean }>;
  /** The whole sentence. */
  title?: string;
  children: ReactNode;
}) {
  const { tone, icon: Icon, title, children } = props;
  const classes = useStyles();
  return (
    <span className={`${classes.root} ${classes[tone]}`} title={title}>
      {Icon && <Icon aria-hidden />}
      {children}
    </span>
  );
}
