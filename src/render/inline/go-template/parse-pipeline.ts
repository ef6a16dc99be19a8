import { TemplateError } from './errors.ts'
import { readCharacter, readNumber, unquote } from './literals.ts'
import type { Operand, Pipeline } from './nodes.ts'
import { type Reader, unexpected } from './reader.ts'

/** What a pipeline needs to know of its surroundings. */
export interface PipelineScope {
  readonly reader: Reader
  readonly hasFunction: (name: string) => boolean
  readonly variables: string[]
}

/** Reads `$x := command | command` up to `}}` or `)`. */
export function readPipeline(
  scope: PipelineScope,
  context: string,
  end: 'right' | 'close',
): Pipeline {
  const { reader } = scope
  const { variables, isAssignment } = readDeclarations(scope, context)
  const commands: Operand[][] = []
  while (!reader.take(end)) commands.push(readCommand(scope, context))
  if (commands.length === 0) throw new TemplateError(`missing value for ${context}`)
  for (const [stage, [first]] of commands.entries())
    if (stage > 0 && first !== undefined && isLiteral(first))
      throw new TemplateError(`non executable command in pipeline stage ${stage + 1}`)
  return { type: 'pipeline', variables, isAssignment, commands }
}

function readDeclarations({ reader, variables }: PipelineScope, context: string) {
  const declared: string[] = []
  let isAssignment = false
  while (reader.peek().type === 'variable') {
    const operator = reader.peek(1).type
    if (operator !== 'declare' && operator !== 'assign' && operator !== 'comma') break
    const name = reader.next().text
    reader.next()
    declared.push(name)
    variables.push(name)
    if (operator !== 'comma') {
      isAssignment = operator === 'assign'
      break
    }
    if (context !== 'range' || declared.length > 1)
      throw new TemplateError(`too many declarations in ${context}`)
    if (!['variable', 'right', 'close'].includes(reader.peek().type))
      throw new TemplateError('range can only initialize variables')
  }
  return { variables: declared, isAssignment }
}

function readCommand(scope: PipelineScope, context: string): Operand[] {
  const { reader } = scope
  const operands: Operand[] = []
  for (;;) {
    const operand = readOperand(scope)
    if (operand !== undefined) operands.push(operand)
    const next = reader.peek()
    if (next.type === 'right' || next.type === 'close') break
    if (reader.take('pipe')) break
    if (operand === undefined || !next.isApart) unexpected(next, 'operand')
  }
  if (operands.length > 0) return operands
  const next = reader.peek()
  return next.type === 'right' || next.type === 'close'
    ? unexpected(next, context)
    : unexpected(next, 'empty command')
}

function readOperand(scope: PipelineScope): Operand | undefined {
  const { reader } = scope
  const term = readTerm(scope)
  if (term === undefined) return undefined
  const fields: string[] = []
  for (;;) {
    const next = reader.peek()
    if (next.type !== 'field' || next.text === '.' || next.isApart) break
    fields.push(reader.next().text.slice(1))
  }
  if (fields.length === 0) return term
  if (isLiteral(term)) throw new TemplateError(`unexpected . after term of type ${term.type}`)
  if (term.type === 'field' || term.type === 'variable')
    return { ...term, fields: [...term.fields, ...fields] }
  return { type: 'chain', of: term, fields }
}

function readTerm(scope: PipelineScope): Operand | undefined {
  const { reader, variables, hasFunction } = scope
  const { type, text } = reader.peek()
  switch (type) {
    case 'word':
      return readWord(scope)
    case 'field':
      reader.next()
      return text === '.' ? { type: 'dot' } : { type: 'field', fields: [text.slice(1)] }
    case 'variable':
      reader.next()
      if (!variables.includes(text)) throw new TemplateError(`undefined variable "${text}"`)
      return { type: 'variable', name: text, fields: [] }
    case 'number':
      return readNumber(reader.next().text)
    case 'character':
      return readCharacter(reader.next().text)
    case 'string':
      return { type: 'string', value: unquote(reader.next().text) }
    case 'open':
      reader.next()
      return readPipeline({ reader, variables, hasFunction }, 'parenthesized pipeline', 'close')
    default:
      return undefined
  }
}

const keywords = ['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template']

function readWord({ reader, hasFunction }: PipelineScope): Operand | undefined {
  const { text } = reader.peek()
  if (keywords.includes(text) || text === 'with') return undefined
  reader.next()
  if (text === 'nil') return { type: 'nil' }
  if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true' }
  if (!hasFunction(text)) throw new TemplateError(`function "${text}" not defined`)
  return { type: 'function', name: text }
}

// What gives nothing to call, and takes no fields.
function isLiteral({ type }: Operand): boolean {
  return ['boolean', 'dot', 'nil', 'number', 'string'].includes(type)
}
