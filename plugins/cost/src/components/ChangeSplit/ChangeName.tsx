import { CostScope, ReviewMover } from '@headroom/plugin-cost-common';
import { entityName } from '@headroom/react';
import { CostEntityLink } from '../CostEntityLink';
import { Swatch } from '../Swatch';
import { ChangeWords } from './ChangeWords';

/** What a row is called. */
export function changeName(row: ReviewMover, words: ChangeWords): string {
  switch (row.kind) {
    case 'idle':
    case 'unallocated':
    case 'unowned':
      return words[row.kind];
    case 'others':
      return words.others(row.count ?? 0);
    default:
      return row.title ?? entityName(row.entityRef ?? row.key);
  }
}

/** The name of a row, which leads to its costs where it has some of its own. */
export function ChangeName(props: {
  row: ReviewMover;
  words: ChangeWords;
  scope: CostScope;
}) {
  const { row, words, scope } = props;
  const name = changeName(row, words);
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
