import { renderInTestApp } from '@backstage/frontend-test-utils';
import { PagedTable } from '@headroom/react';
import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';

/** A table whose text others change, too: here by two buttons. */
function Page({ onText }: { onText: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <>
      <button onClick={() => setText('')}>back</button>
      <button onClick={() => setText('api')}>forth</button>
      <PagedTable
        id="services"
        label="Services"
        columns={[{ id: 'name', title: 'Name', value: (row: string) => row }]}
        rows={['web']}
        rowKey={row => row}
        count={1}
        page={0}
        pageSize={10}
        sorting={{ column: 'name', direction: 'asc' }}
        busy={false}
        onPage={() => undefined}
        onPageSize={() => undefined}
        onSort={() => undefined}
        text={text}
        onText={next => {
          onText(next);
          setText(next);
        }}
      />
    </>
  );
}

describe('PagedTable', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const wait = () => act(async () => jest.advanceTimersByTime(1000));
  const field = () => screen.getByRole('searchbox');
  const type = (value: string) =>
    fireEvent.change(field(), { target: { value } });

  it('asks when nobody types any more, and follows a text that others change', async () => {
    const onText = jest.fn();
    await renderInTestApp(<Page onText={onText} />);
    type('a');
    type('ap');
    await wait();
    expect(onText.mock.calls).toEqual([['ap']]);
    type('api');
    expect(field()).toHaveValue('api');
    await wait();
    expect(onText).toHaveBeenLastCalledWith('api');

    fireEvent.click(screen.getByText('back'));
    expect(field()).toHaveValue('');
    await wait();
    fireEvent.click(screen.getByText('forth'));
    expect(field()).toHaveValue('api');
    await wait();
    expect(onText).toHaveBeenCalledTimes(2);
  });
});
