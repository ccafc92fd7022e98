import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages on a machine that has more to do.
configure({ asyncUtilTimeout: 10_000 });
// What React draws between two events hangs on the machine's pace. A test that fails
// twice is wrong; one that fails once says so in its log.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

// Charts draw only into a box that has a size, and jsdom lays nothing out.
class FixedResizeObserver implements ResizeObserver {
  readonly #callback: ResizeObserverCallback;

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
  }

  observe(target: Element) {
    const contentRect = { width: 960, height: 260 } as DOMRectReadOnly;
    this.#callback([{ target, contentRect } as ResizeObserverEntry], this);
  }

  unobserve() {}

  disconnect() {}
}

global.ResizeObserver = FixedResizeObserver;
