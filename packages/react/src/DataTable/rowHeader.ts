/** Properties of a cell that names its row. The role has to be said: Material UI gives every body cell that of a plain one. @public */
export const ROW_HEADER = {
  component: 'th',
  scope: 'row',
  role: 'rowheader',
} as const;
