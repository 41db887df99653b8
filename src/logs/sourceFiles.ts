/** Endings of files with source code, templates and settings: what a trace or a linter names. */
const sourceEndings = new Set(
  (
    'astro bash blade c cc clj cljc cljs coffee cpp cr cs cshtml css cts cxx d dart elm erb erl ex exs fs fsx ' +
    'go gradle groovy h haml hbs hh hpp hs html java jl js json jsx kt kts less lua m mjs cjs ml mm mts nim ' +
    'php phtml pl pm proto ps1 pug py pyi pyx r rake rb razor rs s sass sc scala scss sh slim sql svelte swift ' +
    'tf toml ts tsx twig vb vue xml yaml yml zig zsh'
  ).split(' '),
);

const jvmEndings = new Set(['java', 'kt', 'kts', 'scala', 'sc', 'groovy', 'clj', 'cljc']);

/** What stands behind the last dot of the file's name, in lower case; empty without one. */
function ending(path: string): string {
  const dot = path.lastIndexOf('.');
  const slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return dot > slash ? path.slice(dot + 1).toLowerCase() : '';
}

export function isSourceFile(path: string): boolean {
  return sourceEndings.has(ending(path));
}

/** A file of the JVM's languages, whose frames name it without its folder. */
export function isJvmFile(path: string): boolean {
  return jvmEndings.has(ending(path));
}

export function hasEnding(path: string): boolean {
  return /^[a-z]\w{0,9}$/.test(ending(path));
}
