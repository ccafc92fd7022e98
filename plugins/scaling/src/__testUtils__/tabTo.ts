import userEvent from '@testing-library/user-event';

/** Presses Tab until an element has the focus, as somebody without a mouse would. */
export async function tabTo(element: HTMLElement): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (element === document.activeElement) {
      return;
    }
    await userEvent.tab();
  }
  throw new Error('60 presses of Tab did not reach it');
}
