import { effort, type Spend } from './effort.ts'
import { locate, TemplateError, UnknownToTemplates } from './errors.ts'
import { formatValue } from './format.ts'
import { functions } from './functions/index.ts'
import { isTrue, sortedKeys, typeOf } from './kinds.ts'
import type { Action, Branch, Call, Node } from './nodes.ts'
import { refuseOrder } from './order.ts'
import { mainTemplate, parse, type Templates } from './parse.ts'
import { evaluatePipeline } from './pipeline.ts'
import { type Scope, setVariable } from './scope.ts'
import { type Dictionary, integer, isDictionary, isInteger, isList, type Value } from './values.ts'

/** A template that calls itself so often has no end. */
const maximumDepth = 200

type Jump = 'break' | 'continue' | undefined
interface Run {
  readonly templates: Templates
  readonly output: string[]
  readonly depth: number
  readonly spend: Spend
}

/** The text that Go makes of a template: text/template/exec.go. */
export function render(template: string, data: Dictionary): string {
  const templates = parse(template, (name) => functions.has(name))
  const output: string[] = []
  try {
    runTemplate({ templates, output, depth: 0, spend: effort() }, mainTemplate, data)
    return output.join('')
  } catch (error) {
    // Such as of a map that contains itself, which ends Go as well.
    if (error instanceof RangeError) throw new UnknownToTemplates('a value without an end')
    throw error
  }
}

function runTemplate(run: Run, name: string, dot: Value): void {
  const nodes = run.templates.get(name)
  if (nodes === undefined) throw new TemplateError(`template "${name}" not defined`)
  if (run.depth > maximumDepth)
    throw new UnknownToTemplates('a template that calls itself so often')
  walk(run, { dot, variables: [{ name: '$', value: dot }], spend: run.spend }, nodes)
}

function walk(run: Run, scope: Scope, nodes: readonly Node[]): Jump {
  for (const node of nodes) {
    if (node.type === 'text') {
      write(run, node.text)
      continue
    }
    if (node.type === 'break' || node.type === 'continue') return node.type
    const jump = locate(
      () => `line ${node.line}: ${node.source}`,
      () => step(run, scope, node),
    )
    if (jump !== undefined) return jump
  }
  return undefined
}

function write({ output, spend }: Run, text: string): void {
  spend(text.length)
  output.push(text)
}

function step(run: Run, scope: Scope, node: Action | Branch | Call): Jump {
  const { variables } = scope
  if (node.type === 'action') {
    const value = evaluatePipeline(scope, node.pipeline)
    if (node.pipeline.variables.length === 0)
      write(run, value === undefined ? '<no value>' : formatValue(value))
    return undefined
  }
  if (node.type === 'template') {
    const dot = node.pipeline && evaluatePipeline(scope, node.pipeline)
    runTemplate({ ...run, depth: run.depth + 1 }, node.name, dot)
    return undefined
  }
  const length = variables.length
  const jump = branch(run, scope, node)
  variables.length = length
  return jump
}

function branch(run: Run, scope: Scope, node: Branch): Jump {
  const value = evaluatePipeline(scope, node.pipeline)
  if (node.type !== 'range') {
    if (!isTrue(value)) return walk(run, scope, node.otherwise)
    return walk(run, node.type === 'with' ? { ...scope, dot: value } : scope, node.body)
  }
  let rounds = 0
  for (const [index, item] of itemsOf(value, node)) {
    rounds += 1
    if (runRound(run, scope, node, index, item) === 'break') break
  }
  return rounds > 0 ? undefined : walk(run, scope, node.otherwise)
}

function runRound(run: Run, scope: Scope, node: Branch, index: Value, item: Value): Jump {
  run.spend(0)
  const { variables } = scope
  const { variables: names, isAssignment } = node.pipeline
  const values = names.length > 1 ? [index, item] : [item]
  const length = variables.length
  for (const [position, name] of names.entries()) {
    if (isAssignment) setVariable(variables, name, values[position])
    else variables[length - names.length + position] = { name, value: values[position] }
  }
  const jump = walk(run, { ...scope, dot: item }, node.body)
  variables.length = length
  return jump
}

function* itemsOf(value: Value, { pipeline }: Branch): Generator<[Value, Value]> {
  if (isList(value)) {
    for (const [index, item] of [...refuseOrder(value).items].entries())
      yield [integer('int', index), item]
  } else if (isDictionary(value)) {
    const { entries } = value
    for (const key of sortedKeys(entries)) yield [key, entries.get(key)]
  } else if (isInteger(value)) {
    if (pipeline.variables.length > 1)
      throw new TemplateError(
        `can't use ${formatValue(value)} to iterate over more than one variable`,
      )
    for (let round = 0n; round < value.value; round += 1n)
      yield [undefined, integer(value.kind, round)]
  } else if (value !== undefined)
    throw new TemplateError(`range can't iterate over ${formatValue(value)} (${typeOf(value)})`)
}
