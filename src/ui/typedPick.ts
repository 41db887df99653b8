import type * as vscode from 'vscode';
import { systemClock } from '../base/async.ts';
import { DisposableStore } from '../base/lifecycle.ts';
import type { Offers, TypedQuestion } from '../commands/deps.ts';
import { SearchWhileTyping } from '../commands/searchWhileTyping.ts';
import { ask } from './quickInput.ts';

export interface TypedItem extends vscode.QuickPickItem {
  /** Undefined for what is typed. */
  readonly offered?: string;
}

/** See `Prompts.pickTyped`. Disposes of the pick. */
export function askTyped(
  pick: vscode.QuickPick<TypedItem>,
  question: TypedQuestion,
): Promise<string | undefined> {
  const owned = new DisposableStore();
  pick.title = question.title;
  pick.placeholder = question.placeholder;
  const show = (offers: Offers): void => {
    const active = pick.activeItems[0]?.offered;
    const items = [...typedItems(question, pick.value, offers.note), ...offeredItems(offers, pick.value)];
    pick.items = items;
    const same = items.filter((item) => item.offered !== undefined && item.offered === active);
    if (same.length > 0) pick.activeItems = same;
  };
  const searching = owned.add(
    new SearchWhileTyping(
      systemClock,
      (text, signal) => question.search(text, signal),
      (offers) => {
        pick.busy = false;
        show(offers);
      },
    ),
  );
  owned.add(
    pick.onDidChangeValue((text) => {
      pick.busy = text !== '';
      show({ items: [] });
      searching.type(text);
    }),
  );
  owned.add(
    pick.onDidHide(() => {
      owned.dispose();
    }),
  );
  return ask(pick, () => {
    const chosen = pick.activeItems[0]?.offered ?? pick.value;
    return question.problem(chosen) === undefined ? chosen : undefined;
  });
}

/** What is typed can be taken as it is, unless something is wrong with it; `note`: of the search. */
function typedItems(
  { problem }: TypedQuestion,
  text: string,
  note: string | undefined,
): readonly TypedItem[] {
  if (text.trim() === '') return [];
  const wrong = problem(text);
  const detail = wrong === undefined ? note : `$(error) ${wrong}`;
  return [{ label: text, alwaysShow: true, ...(detail === undefined ? {} : { detail }) }];
}

function offeredItems({ items }: Offers, typed: string): readonly TypedItem[] {
  return items
    .filter(({ value }) => value !== typed.trim())
    .map(({ value, ...item }) => ({ ...item, offered: value, alwaysShow: true }));
}
