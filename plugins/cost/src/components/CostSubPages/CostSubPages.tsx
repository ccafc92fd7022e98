import { useEntity } from '@backstage/plugin-catalog-react';
import { Route, Routes } from 'react-router-dom';
import { EntityAdvice } from '../Advice';
import { AdviceDetailPage } from '../AdviceDetail';
import { EntityCost } from '../EntityCost';
import { EntityGpu } from '../Gpu';
import { useColumn } from '@headroom/react';
import { SubPageTabs } from './SubPageTabs';

/**
 * The Cost tab of a Component with its sub-pages, each at its own address:
 * what it costs, whether its GPUs work, what to change.
 *
 * @public
 */
export function CostSubPages() {
  const column = useColumn();
  const { entity } = useEntity();
  return (
    <div className={column.root}>
      <SubPageTabs entity={entity}>
        <Routes>
          <Route path="/gpu" element={<EntityGpu />} />
          <Route path="/advice" element={<EntityAdvice />} />
          <Route path="/advice/:id" element={<AdviceDetailPage />} />
          <Route path="*" element={<EntityCost />} />
        </Routes>
      </SubPageTabs>
    </div>
  );
}
