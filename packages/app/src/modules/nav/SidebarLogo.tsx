import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { Logo } from './Logo';

const useStyles = makeStyles({
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    height: 2 * sidebarConfig.logoHeight,
    paddingLeft: (sidebarConfig.drawerWidthClosed - 28) / 2,
  },
  name: {
    color: '#ffffff',
    fontSize: 20,
    fontWeight: 600,
    letterSpacing: 0.2,
  },
});

/** The mark, with the name beside it when the sidebar is open; leads home. */
export const SidebarLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();

  return (
    <Link
      to="/"
      underline="none"
      className={classes.link}
      aria-label="Headroom, home"
    >
      <Logo />
      {isOpen && <span className={classes.name}>Headroom</span>}
    </Link>
  );
};
