import { makeStyles, useTheme } from '@material-ui/core/styles';
import { addDays } from '@headroom/common';
import {
  CostScope,
  Review,
  ReviewMover,
  REVIEW_PARTS,
} from '@headroom/plugin-cost-common';
import {
  ChoiceGroup,
  DataColumn,
  DataTable,
  entityName,
  PartMark,
  Section,
  toMicros,
  useUrlParam,
} from '@headroom/react';
import {
  ReviewTranslate,
  useReviewTranslation,
} from '../../useReviewTranslation';
import { moneyColumn } from '../costColumns';
import { CostEntityLink } from '../CostEntityLink';
import { Swatch } from '../Swatch';
import { reviewPartColor } from './partColors';
import { SplitBar, splitSize } from './SplitBar';

const GROUPINGS = ['service', 'team'] as const;

const useStyles = makeStyles(theme => ({
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(0, 0, 1),
    padding: 0,
    listStyle: 'none',
  },
}));

function nameOf(row: ReviewMover, t: ReviewTranslate): string {
  switch (row.kind) {
    case 'idle':
    case 'unallocated':
    case 'unowned':
      return t(`movers.${row.kind}`);
    case 'others':
      return t('movers.others', { count: row.count ?? 0 });
    default:
      return row.title ?? entityName(row.entityRef ?? row.key);
  }
}

function sizeOf(micros: bigint): bigint {
  return micros < 0n ? -micros : micros;
}

/** What cost more or less than in the week before, and why. */
export function MoverSection(props: { review: Review; fileName: string }) {
  const { review, fileName } = props;
  const { currency, comparison, movers, week, end } = review;
  const { t } = useReviewTranslation();
  const [by, setBy] = useUrlParam('by');
  const groupBy = by === 'team' ? 'team' : 'service';
  const rows = groupBy === 'team' ? movers.teams : movers.services;
  const isCompared = comparison !== 'none';
  const largest = rows.reduce((most, row) => {
    const size = splitSize(row);
    return size > most ? size : most;
  }, 0n);
  const scope: CostScope = {
    window: 'custom',
    from: week,
    to: addDays(end, -1),
    idle: 'separate',
  };
  const money = (
    id: string,
    title: string,
    micros: (row: ReviewMover) => string | undefined,
    more: { change?: boolean; hint?: string } = {},
  ) =>
    moneyColumn<ReviewMover>({
      id,
      title,
      currency,
      micros: row => {
        const amount = micros(row);
        return amount === undefined ? undefined : toMicros(amount);
      },
      ...more,
    });
  const columns: DataColumn<ReviewMover>[] = [
    {
      id: 'name',
      title: t(`movers.${groupBy}`),
      value: row => nameOf(row, t),
      render: row => (
        <>
          <MoverName row={row} scope={scope} />
          <SplitBar row={row} largest={largest} />
        </>
      ),
    },
    ...(isCompared
      ? [
          {
            ...money('change', t('movers.change'), row => row.change, {
              change: true,
            }),
            // The largest change comes first, whichever way it went.
            value: (row: ReviewMover) => sizeOf(toMicros(row.change ?? '0')),
          },
          ...REVIEW_PARTS.map(part =>
            money(part, t(`part.${part}`), row => row.parts?.[part], {
              change: true,
              hint: t(`hint.${part}`),
            }),
          ),
          money('before', t('movers.before'), row => row.before),
        ]
      : []),
    money('after', t('movers.after'), row => row.after),
  ];
  return (
    <Section
      title={t('movers.title')}
      subtitle={isCompared && t('movers.subtitle')}
      action={
        <ChoiceGroup
          label={t('movers.by')}
          choices={GROUPINGS.map(value => ({
            value,
            label: t(`movers.${value}`),
          }))}
          value={groupBy}
          onChoose={value => setBy(value === 'team' ? value : undefined)}
        />
      }
    >
      {isCompared && <Legend />}
      <DataTable
        key={`${groupBy} ${isCompared}`}
        id={`review-${groupBy}`}
        label={t('movers.title')}
        columns={columns}
        rows={rows}
        rowKey={row => row.key}
        initialSorting={{
          column: isCompared ? 'change' : 'after',
          direction: 'desc',
        }}
        isPinned={({ kind }) => kind !== 'service' && kind !== 'team'}
        fileName={`${fileName}-movers-by-${groupBy}`}
      />
    </Section>
  );
}

function MoverName(props: { row: ReviewMover; scope: CostScope }) {
  const { row, scope } = props;
  const { t } = useReviewTranslation();
  const name = nameOf(row, t);
  if (row.kind === 'idle' || row.kind === 'unallocated') {
    return (
      <>
        <Swatch kind={row.kind} />
        {name}
      </>
    );
  }
  return row.entityRef === undefined ? (
    <>{name}</>
  ) : (
    <CostEntityLink entityRef={row.entityRef} scope={scope}>
      {name}
    </CostEntityLink>
  );
}

function Legend() {
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useReviewTranslation();
  return (
    <ul className={classes.legend}>
      {REVIEW_PARTS.map(part => (
        <li key={part} title={t(`hint.${part}`)}>
          <PartMark part={{ color: reviewPartColor(part, theme) }} />
          {t(`part.${part}`)}
        </li>
      ))}
    </ul>
  );
}
