import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const rootFolder = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The properties of an exported type of a source file with what each may be: `boolean`, `number` and the like, or the
 * texts of a union of literals.
 */
export function declaredProperties(file: string, typeName: string): ReadonlyMap<string, readonly string[]> {
  const program = ts.createProgram([`${rootFolder}${file}`], compilerOptions());
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(`${rootFolder}${file}`);
  if (source === undefined) throw new Error(`there is no ${file}`);
  const declaration = source.statements.find(
    (statement) =>
      (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) &&
      statement.name.text === typeName,
  );
  if (declaration === undefined) throw new Error(`${file} declares no type ${typeName}`);
  const properties = checker.getPropertiesOfType(checker.getTypeAtLocation(declaration));
  return new Map(
    properties.map((property) => [
      property.name,
      namesOf(checker, checker.getTypeOfSymbolAtLocation(property, declaration)),
    ]),
  );
}

function namesOf(checker: ts.TypeChecker, type: ts.Type): readonly string[] {
  if ((type.flags & ts.TypeFlags.Boolean) !== 0) return ['boolean'];
  const members = type.isUnion() ? type.types : [type];
  return members.map((member) => (member.isStringLiteral() ? member.value : checker.typeToString(member)));
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${rootFolder}tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    readonly config: unknown;
  };
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, rootFolder).options, types: [] };
}
