type Numbers = Int32Array | Float64Array;

const pageBits = 12;
const pageLength = 1 << pageBits;

/**
 * A list of numbers that only grows: of millions, each takes the bytes that its kind of array gives it, and no more. It
 * grows by the page, for whatever is copied into something longer leaves as much memory behind as it takes.
 */
export class NumberColumn {
  private readonly kind: new (
    length: number,
  ) => Numbers;
  private readonly pages: Numbers[] = [];
  private used = 0;

  constructor(kind: new (length: number) => Numbers) {
    this.kind = kind;
  }

  get length(): number {
    return this.used;
  }

  /** Answers the place of the number. */
  push(value: number): number {
    const place = this.used++;
    if (place >> pageBits === this.pages.length) this.pages.push(new this.kind(pageLength));
    this.set(place, value);
    return place;
  }

  /** 0 where nothing is. */
  at(place: number): number {
    return this.pages[place >> pageBits]?.[place & (pageLength - 1)] ?? 0;
  }

  /** Where the list was shorter, it is 0 up to there. */
  set(place: number, value: number): void {
    while (this.used <= place) this.push(0);
    const page = this.pages[place >> pageBits];
    if (page !== undefined) page[place & (pageLength - 1)] = value;
  }

  *[Symbol.iterator](): Generator<number> {
    for (let place = 0; place < this.used; place++) yield this.at(place);
  }
}
