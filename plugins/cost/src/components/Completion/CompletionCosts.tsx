import { addDays } from '@headroom/common';
import { CompletionReport, CompletionRow } from '@headroom/plugin-cost-common';
import { DataColumn, formatMoney } from '@headroom/react';
import {
  CompletionTranslate,
  useCompletionTranslation,
} from '../../useCompletionTranslation';
import { ChangeSection, ChangeWords, partWords } from '../ChangeSplit';
import { SavedByService } from './useSavingRows';
import { VerdictTag } from './VerdictTag';

/** What costs more or less than in the baseline, why, and what was measured of it. */
export function CompletionCosts(props: {
  report: CompletionReport;
  saved?: SavedByService;
}) {
  const { report, saved } = props;
  const { currency, now, rows } = report;
  const { t } = useCompletionTranslation();
  return (
    <ChangeSection<CompletionRow>
      id="completion"
      fileName="completion"
      words={wordsOf(t)}
      currency={currency}
      services={rows.services}
      teams={rows.teams}
      scope={{
        window: 'custom',
        from: now.start,
        to: addDays(now.end, -1),
        idle: 'separate',
      }}
      moreColumns={grouping =>
        grouping === 'service' ? serviceColumns(saved, t) : []
      }
    />
  );
}

function wordsOf(t: CompletionTranslate): ChangeWords {
  return {
    title: t('costs.title'),
    subtitle: t('costs.subtitle'),
    by: t('costs.by'),
    service: t('costs.service'),
    team: t('costs.team'),
    idle: t('costs.idle'),
    unallocated: t('costs.unallocated'),
    unowned: t('costs.unowned'),
    others: count => t('costs.others', { count }),
    before: t('costs.before'),
    after: t('costs.after'),
    change: t('costs.change'),
    part: partWords(part => t(`part.${part}`)),
    hint: partWords(part => t(`hint.${part}`)),
  };
}

function serviceColumns(
  saved: SavedByService | undefined,
  t: CompletionTranslate,
): DataColumn<CompletionRow>[] {
  const savedOf = ({ entityRef }: CompletionRow) => saved?.get(entityRef ?? '');
  const textOf = (row: CompletionRow) => {
    const found = savedOf(row);
    return found && formatMoney(found.micros, found.currency);
  };
  return [
    ...(saved
      ? [
          {
            id: 'measured',
            title: t('costs.measured'),
            hint: t('costs.measuredHint'),
            numeric: true,
            value: (row: CompletionRow) => savedOf(row)?.micros,
            render: (row: CompletionRow) => textOf(row) ?? '–',
            csv: textOf,
          },
        ]
      : []),
    {
      id: 'verdict',
      title: t('costs.verdict'),
      value: ({ verdict }) => verdict && t(`verdict.${verdict}`),
      render: ({ verdict }) =>
        verdict ? <VerdictTag verdict={verdict} /> : '–',
    },
  ];
}
