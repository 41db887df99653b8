/** What the page asks its host for. */
export interface ScreenActions {
  select(id: string): void;
  cancel(id: string): void;
  rebuild(id: string): void;
  openLine(id: string, line: number | undefined): void;
}
