import type * as vscode from 'vscode';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Emitter } from '../../../src/base/event.ts';
import { ask } from '../../../src/ui/quickInput.ts';

/** What `ask` uses of a field, as the editor has it: hiding it tells so. */
class Field {
  ignoreFocusOut = false;
  isShown = false;
  isDisposed = false;
  readonly accepted = new Emitter<void>();
  readonly hidden = new Emitter<void>();
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    this.isShown = false;
    this.hidden.fire();
  }

  dispose(): void {
    this.isDisposed = true;
  }

  get asInput(): vscode.InputBox {
    return this as unknown as vscode.InputBox;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a question stays without the focus for a moment, then closes when it loses it', async () => {
  const field = new Field();
  const answer = ask(field.asInput, () => 'text');
  expect([field.isShown, field.ignoreFocusOut]).toEqual([true, true]);
  vi.advanceTimersByTime(500);
  expect(field.ignoreFocusOut).toBe(false);
  field.hide();
  expect(await answer).toBeUndefined();
  expect(field.isDisposed).toBe(true);
});

test('a question that is to stay without the focus does so to its end', () => {
  const field = new Field();
  void ask(field.asInput, () => 'text', true);
  vi.advanceTimersByTime(60_000);
  expect(field.ignoreFocusOut).toBe(true);
});

test('what is no answer keeps the question, an answer ends it', async () => {
  const field = new Field();
  const given = [undefined, 'text'];
  const answer = ask(field.asInput, () => given.shift());
  field.accepted.fire();
  expect(field.isShown).toBe(true);
  field.accepted.fire();
  expect(await answer).toBe('text');
  expect([field.isShown, field.isDisposed]).toEqual([false, true]);
});
