// What each file exports and which files import it by name.
import { dirname, normalize } from 'node:path'
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isNamedExports,
  isNamedImports,
  isStringLiteral,
  isVariableStatement,
  type Node,
  type Statement,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { type Source, visit } from './source.ts'

/** Something exported. */
export interface Exported {
  name: string
  node: Node
}

/** The statements of a file that carry `export`, by the names they export. */
export function exportsOf({ tree }: Source): Exported[] {
  return tree.statements.flatMap((statement) => {
    if (!isExported(statement)) return []
    if (isVariableStatement(statement)) {
      const names = statement.declarationList.declarations.map((one) => one.name.getText(tree))
      return names.map((name) => ({ name, node: statement }))
    }
    const { name } = statement as Statement & { name?: Node }
    return [{ name: name?.getText(tree) ?? 'default', node: statement }]
  })
}

function isExported(statement: Statement): boolean {
  const { modifiers } = statement as Statement & { modifiers?: readonly Node[] }
  return modifiers?.some((modifier) => modifier.kind === SyntaxKind.ExportKeyword) ?? false
}

/** One name taken from another file; `*` for all of them. */
export interface Import {
  from: string
  /** As written, e.g. `node:fs` or `../core/turn.ts`. */
  module: string
  /** The project's file that it means, for a relative module. */
  path: string | undefined
  names: string[]
}

/** Everything that a file imports, re-exports, or imports while it runs. */
export function importsOf(source: Source): Import[] {
  const imports: Import[] = []
  const add = (specifier: Node | undefined, names: string[]) => {
    if (!specifier || !isStringLiteral(specifier)) return
    const module = specifier.text
    const path = module.startsWith('.') ? normalize(`${dirname(source.path)}/${module}`) : undefined
    imports.push({ from: source.path, module, path, names })
  }
  visit(source.tree, (node) => {
    if (isImportDeclaration(node)) {
      const { importClause } = node
      const named = importClause?.namedBindings
      if (named && isNamedImports(named)) add(node.moduleSpecifier, named.elements.map(nameOf))
      else add(node.moduleSpecifier, importClause ? ['*', 'default'] : [])
    } else if (isExportDeclaration(node)) {
      const { exportClause } = node
      const isNamed = exportClause && isNamedExports(exportClause)
      add(node.moduleSpecifier, isNamed ? exportClause.elements.map(nameOf) : ['*'])
    } else if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
      add(node.arguments[0], ['*'])
    }
  })
  return imports
}

function nameOf(element: { name: Node; propertyName?: Node | undefined }): string {
  return (element.propertyName ?? element.name).getText()
}
