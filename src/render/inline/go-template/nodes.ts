/** What a template is made of, after text/template/parse of Go. */
export type Node = Action | Branch | Call | Jump | Text

export interface Text {
  readonly type: 'text'
  readonly text: string
}
/** `{{ pipeline }}` */
export interface Action extends Place {
  readonly type: 'action'
  readonly pipeline: Pipeline
}
/** `{{ if }}`, `{{ with }}`, `{{ range }}` with what is between them and `{{ end }}`. */
export interface Branch extends Place {
  readonly type: 'if' | 'with' | 'range'
  readonly pipeline: Pipeline
  readonly body: readonly Node[]
  readonly otherwise: readonly Node[]
}
/** `{{ template "name" pipeline }}` */
export interface Call extends Place {
  readonly type: 'template'
  readonly name: string
  readonly pipeline: Pipeline | undefined
}
export type Jump = { readonly type: 'break' } | { readonly type: 'continue' }
/** Where an action is, for messages. */
export interface Place {
  readonly source: string
  readonly line: number
}

export interface Pipeline {
  readonly type: 'pipeline'
  readonly variables: readonly string[]
  /** `=` instead of `:=` */
  readonly isAssignment: boolean
  /** Each has a first operand at least, and then those that are given to it. */
  readonly commands: readonly (readonly Operand[])[]
}

export type Operand =
  | Pipeline
  | NumberLiteral
  | { readonly type: 'dot' | 'nil' }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'field'; readonly fields: readonly string[] }
  | { readonly type: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly type: 'function'; readonly name: string }
  | { readonly type: 'chain'; readonly of: Operand; readonly fields: readonly string[] }

export interface NumberLiteral {
  readonly type: 'number'
  readonly text: string
  /** The number as an integer, if it is one that fits into 64 bits. */
  readonly integer: bigint | undefined
  readonly float: number
  /** Whether it is a float64 where nothing asks for an integer: `1.0` and `1e3` are. */
  readonly isFloat: boolean
}
