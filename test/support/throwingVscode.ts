/** Stands where `vscode` would be in unit tests: what is tested there must not need the editor. */
throw new Error('a unit test reached for vscode: only src/ui and src/extension.ts may import it');
