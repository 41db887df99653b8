/** Something that others wait for until it is opened. */
export interface Door {
  readonly opened: Promise<void>;
  open(): void;
}

export function door(): Door {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
