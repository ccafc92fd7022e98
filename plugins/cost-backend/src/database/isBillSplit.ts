import { OF_MACHINES } from './billItems';

/** All deliveries that count, as a text; another one when one of them came, is another, or is gone. */
export const DELIVERED = `(
  SELECT md5(string_agg(concat_ws(' ', id, version, imported_at), ',' ORDER BY id))
  FROM cost_bill_deliveries WHERE imported_at IS NOT NULL)`;

/** Whether what was found out of some period is of other deliveries than there are. */
export const HAS_OLD_SPLITS = `EXISTS (SELECT 1 FROM cost_bill_shared WHERE deliveries IS DISTINCT FROM ${DELIVERED})`;

/** Whether it was found out of every bill that is stored who pays for its machines. */
export const IS_SPLIT = `NOT ${HAS_OLD_SPLITS} AND NOT EXISTS (
  SELECT 1 FROM ${OF_MACHINES} WHERE i.period <> ALL (ARRAY(SELECT period FROM cost_bill_shared)))`;
