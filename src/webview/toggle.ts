import { button, setPressed } from './dom.ts';

/** A button that is in or out. */
export class Toggle {
  readonly element: HTMLButtonElement;
  private pressed = false;

  constructor(name: string, face: string, onChange: () => void) {
    this.element = button(name, face, () => {
      this.isOn = !this.pressed;
      onChange();
    });
    this.isOn = false;
  }

  get isOn(): boolean {
    return this.pressed;
  }

  set isOn(isOn: boolean) {
    this.pressed = isOn;
    setPressed(this.element, isOn);
  }
}
