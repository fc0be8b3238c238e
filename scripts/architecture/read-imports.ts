import { parseSync, Visitor } from "oxc-parser";

export interface FoundImport {
  /** As written, e.g. `#lib/db/client.ts`; null when it is computed at run time. */
  specifier: string | null;
  line: number;
}

interface SyntaxNode {
  type: string;
  start: number;
  source?: SyntaxNode | null;
  expression?: SyntaxNode;
  callee?: SyntaxNode & { name?: string };
  arguments?: SyntaxNode[];
  value?: unknown;
  quasis?: { value: { cooked: string | null } }[];
}

/** For every kind of syntax that names a module: the node with the name. */
const NAMES = {
  ImportDeclaration: (node) => node.source,
  ExportAllDeclaration: (node) => node.source,
  ExportNamedDeclaration: (node) => node.source,
  ImportExpression: (node) => node.source,
  TSImportType: (node) => node.source,
  TSExternalModuleReference: (node) => node.expression,
  CallExpression: (node) => (node.callee?.name === "require" ? node.arguments?.[0] : null),
} satisfies Record<string, (node: SyntaxNode) => SyntaxNode | null | undefined>;

/** Every module that a TypeScript file names: imports and re-exports, types included, `import()`, `require()`. */
export function readImports(fileName: string, source: string): FoundImport[] {
  const { program, errors } = parseSync(fileName, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${fileName} cannot be parsed: ${error.message}`);

  const found: FoundImport[] = [];
  const visit = (nameOf: (node: SyntaxNode) => SyntaxNode | null | undefined) => (node: SyntaxNode) => {
    const name = nameOf(node);
    if (name) found.push({ specifier: literalText(name), line: source.slice(0, node.start).split("\n").length });
  };
  const visitors = Object.entries(NAMES).map(([type, nameOf]) => [type, visit(nameOf)]);
  new Visitor(Object.fromEntries(visitors)).visit(program);
  return found;
}

function literalText({ type, value, quasis }: SyntaxNode): string | null {
  if (type === "Literal" && typeof value === "string") return value;
  if (type === "TemplateLiteral" && quasis?.length === 1) return quasis[0]?.value.cooked ?? null;
  return null;
}
