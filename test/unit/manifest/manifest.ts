import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export function readText(path: string): string {
  return readFileSync(at(path), 'utf8');
}

export interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

export interface Manifest {
  readonly activationEvents: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly menus: Readonly<
      Record<'view/title' | 'view/item/context' | 'webview/context' | 'commandPalette', readonly MenuItem[]>
    >;
    readonly keybindings: readonly {
      readonly command: string;
      readonly when: string;
      readonly args?: unknown;
    }[];
    readonly views: { readonly quayside: readonly { readonly id: string }[] };
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          { readonly type: string; readonly default: unknown; readonly markdownDescription: string }
        >
      >;
    };
  };
}

export const manifestText = readText('package.json');
export const manifest = JSON.parse(manifestText) as Manifest;
export const english = JSON.parse(readText('package.nls.json')) as Readonly<Record<string, string>>;
export const chinese = JSON.parse(readText('package.nls.zh-cn.json')) as Readonly<Record<string, string>>;

/** Types of the panels that the editor can bring back. */
export const panelTypes = manifest.activationEvents.flatMap((event) =>
  event.startsWith('onWebviewPanel:') ? [event.slice('onWebviewPanel:'.length)] : [],
);

/** Every `when` clause of the manifest, wherever it stands. */
export function whenClauses(): readonly string[] {
  const { menus, keybindings, viewsWelcome } = manifest.contributes;
  return [...Object.values(menus).flat(), ...keybindings, ...viewsWelcome].flatMap(({ when }) =>
    when === undefined ? [] : [when],
  );
}
