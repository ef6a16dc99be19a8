import { locate, TemplateError } from './errors.ts'
import { unquote } from './literals.ts'
import type { Branch, Node, Pipeline } from './nodes.ts'
import { readPipeline } from './parse-pipeline.ts'
import { type Reader, readerOf } from './reader.ts'

/** The templates of a text by their name: that of the text itself is `tpl`, as in Cluster API. */
export type Templates = ReadonlyMap<string, readonly Node[]>
export const mainTemplate = 'tpl'

type Ending = 'end' | 'else'
/** What names and places mean at one point of a template: parse.Tree of Go. */
interface Scope {
  readonly reader: Reader
  readonly templates: Map<string, readonly Node[]>
  readonly hasFunction: (name: string) => boolean
  /** Those that are declared so far. */
  variables: string[]
  rangeDepth: number
}

/** Reads a template, after text/template/parse/parse.go. */
export function parse(template: string, hasFunction: (name: string) => boolean): Templates {
  const reader = readerOf(template)
  const scope = newScope({ reader, templates: new Map(), hasFunction })
  return locate(
    () => `line ${reader.peek().line}`,
    () => readTemplates(scope),
  )
}

function readTemplates(scope: Scope): Templates {
  const nodes: Node[] = []
  while (scope.reader.peek().type !== 'end') {
    if (readDefinition(scope)) continue
    const node = readNode(scope)
    if (typeof node === 'string') throw new TemplateError(`unexpected {{${node}}}`)
    nodes.push(node)
  }
  add(scope, mainTemplate, nodes)
  return scope.templates
}

function newScope(outer: Pick<Scope, 'reader' | 'templates' | 'hasFunction'>): Scope {
  const { reader, templates, hasFunction } = outer
  return { reader, templates, hasFunction, variables: ['$'], rangeDepth: 0 }
}

function add({ templates }: Scope, name: string, nodes: readonly Node[]): void {
  const isEmpty = (nodes: readonly Node[]) =>
    nodes.every((node) => node.type === 'text' && node.text.trim() === '')
  const known = templates.get(name)
  if (known === undefined || isEmpty(known)) templates.set(name, nodes)
  else if (!isEmpty(nodes)) throw new TemplateError(`multiple definition of template "${name}"`)
}

function readDefinition(scope: Scope): boolean {
  const { reader } = scope
  if (!reader.takeKeyword('define')) return false
  const name = readName(reader, 'define clause')
  reader.expect('right', 'define clause')
  defineTemplate(scope, name, 'define clause')
  return true
}

function defineTemplate(outer: Scope, name: string, context: string): void {
  const scope = newScope(outer)
  const [nodes, ending] = readNodes(scope)
  if (ending !== 'end') throw new TemplateError(`unexpected {{${ending}}} in ${context}`)
  add(scope, name, nodes)
}

function readName(reader: Reader, context: string): string {
  return unquote(reader.expect('string', context).text)
}

function readNodes(scope: Scope): [Node[], Ending] {
  const nodes: Node[] = []
  while (scope.reader.peek().type !== 'end') {
    const node = readNode(scope)
    if (typeof node === 'string') return [nodes, node]
    nodes.push(node)
  }
  throw new TemplateError('unexpected EOF')
}

function readNode(scope: Scope): Node | Ending {
  const { reader } = scope
  const token = reader.next()
  if (token.type === 'text') return { type: 'text', text: token.text }
  if (token.type !== 'left') throw new TemplateError(`unexpected ${token.text} in input`)
  const place = reader.placeOf(token)
  const word = reader.peek()
  switch (word.type === 'word' ? word.text : '') {
    case 'if':
    case 'with':
    case 'range':
      return readBranch(scope)
    case 'break':
    case 'continue':
      reader.next()
      reader.expect('right', `{{${word.text}}}`)
      if (scope.rangeDepth === 0) throw new TemplateError(`{{${word.text}}} outside {{range}}`)
      return { type: word.text === 'break' ? 'break' : 'continue' }
    case 'end':
      reader.next()
      reader.expect('right', 'end')
      return 'end'
    case 'else': {
      reader.next()
      const after = reader.peek()
      const isNext = after.type === 'word' && (after.text === 'if' || after.text === 'with')
      if (!isNext) reader.expect('right', 'else')
      return 'else'
    }
    case 'template': {
      reader.next()
      const name = readName(reader, 'template clause')
      const pipeline = reader.take('right') ? undefined : readToEnd(scope, 'template clause')
      return { type: 'template', name, pipeline, ...place }
    }
    case 'block': {
      reader.next()
      const name = readName(reader, 'block clause')
      const pipeline = readToEnd(scope, 'block clause')
      defineTemplate(scope, name, 'block clause')
      return { type: 'template', name, pipeline, ...place }
    }
    default:
      return { type: 'action', pipeline: readToEnd(scope, 'command'), ...place }
  }
}

function readToEnd(scope: Scope, context: string): Pipeline {
  return readPipeline(scope, context, 'right')
}

function readBranch(scope: Scope): Branch {
  const { reader, variables } = scope
  const keyword = reader.next()
  const type = keyword.text === 'if' ? 'if' : keyword.text === 'with' ? 'with' : 'range'
  const place = reader.placeOf(keyword)
  scope.variables = [...variables]
  const pipeline = readToEnd(scope, type)
  if (type === 'range') scope.rangeDepth += 1
  const [body, ending] = readNodes(scope)
  if (type === 'range') scope.rangeDepth -= 1
  const otherwise = ending === 'else' ? readElse(scope, type) : []
  scope.variables = variables
  return { type, pipeline, body, otherwise, ...place }
}

// `{{ else if }}` is an `{{ if }}` in the `{{ else }}`, and shares its `{{ end }}`.
function readElse(scope: Scope, type: Branch['type']): Node[] {
  const next = scope.reader.peek()
  if (next.type === 'word' && next.text === type && type !== 'range') return [readBranch(scope)]
  const [nodes, ending] = readNodes(scope)
  if (ending !== 'end') throw new TemplateError('expected end; found {{else}}')
  return nodes
}
