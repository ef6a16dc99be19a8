// Says what is wrong with the type of a reply, as a sentence. defineHook makes the sentence the type of its parameter, so
// that it is in the first line of the compiler's error.

import type { AnswerField } from './reply.ts'

declare const literals: unique symbol
interface Literal {
  [literals]: true
  status?: 'Success' | 'Failure'
}
/** Lets the compiler read an empty message, or 0 seconds, as a literal. No value has this type. */
export type Literals =
  | (Literal & { message: ''; retryAfterSeconds?: number })
  | (Literal & { message?: string; retryAfterSeconds: 0 })

/** `never` for a reply that the hook's response allows, or a sentence that says what to change. */
export type ReplyMistake<Given, Response extends object> = OneOf<AnyMistake<Given, Response>>

type AnyMistake<Given, Response extends object> =
  // Nothing is wrong with any, nor with unknown, which the type is until the compiler knows it: the compiler compares both.
  unknown extends Given
    ? never
    : Given extends void
      ? never
      : Given extends Literal
        ? never
        : Given extends readonly unknown[] | AnyFunction
          ? NoAnswer
          : Given extends object
            ? ObjectMistake<Given, Response>
            : NoAnswer

/** `never` for a function that returns nothing or a Failure, or a sentence that says what to change. */
export type FailureMistake<Given> = OneOf<AnyFailureMistake<Given>>

type AnyFailureMistake<Given> = unknown extends Given
  ? never
  : Given extends void
    ? never
    : Given extends Literal
      ? never
      : Given extends { status: 'Failure' }
        ? First<MessageMistake<Given, 'Failure'>, FailureFieldMistake<Given>>
        : "The function returns nothing, or { status: 'Failure', message } to refuse"

type NoAnswer =
  "A handler returns nothing, fields of its response, or { status: 'Failure', message } to refuse"

type ObjectMistake<Given extends object, Response extends object> =
  IsSet<Given, 'status'> extends true
    ? Given extends { status?: 'Success' }
      ? SuccessMistake<Given, Response>
      : Given extends { status: 'Failure' }
        ? First<MessageMistake<Given, 'Failure'>, FailureFieldMistake<Given>>
        : Given extends { status?: 'Success' | 'Failure' }
          ? First<MessageMistake<Given, 'Failure'>, SuccessMistake<Given, Response>>
          : "The status is 'Success' or 'Failure'; of a constant, say so with: as const"
    : SuccessMistake<Given, Response>

type FailureFieldMistake<Given extends object> =
  | NoSuchField<Exclude<SetKeys<Given>, AnswerField>, 'A Failure'>
  | (IsSet<Given, 'retryAfterSeconds'> extends true
      ? NoSuchField<'retryAfterSeconds', 'A Failure'>
      : never)

type SuccessMistake<Given extends object, Response extends object> = First<
  // The fields first: a message whose name is mistyped is missing as well.
  FieldsMistake<
    Omit<Given, AnswerField | 'then'>,
    Omit<Response, AnswerField | 'apiVersion' | 'kind'>,
    ''
  >,
  IsSet<Given, 'retryAfterSeconds'> extends true
    ? BlockMistake<Given, Response>
    : IsSet<Given, 'message'> extends true
      ? Given extends { message?: string | undefined }
        ? keyof Given extends 'message'
          ? "A message alone goes on: add status 'Success' to say so, or 'Failure' to refuse, or retryAfterSeconds"
          : never
        : 'The message is a string'
      : never
>

type BlockMistake<Given extends object, Response extends object> = Response extends {
  retryAfterSeconds: number
}
  ? Given extends { retryAfterSeconds: infer Seconds extends number }
    ? Seconds extends 0
      ? 'retryAfterSeconds is a whole number from 1; to go on, leave it out'
      : MessageMistake<Given, 'block'>
    : Given extends { retryAfterSeconds?: number | undefined }
      ? 'retryAfterSeconds may be undefined: return the block in a branch of its own'
      : 'retryAfterSeconds is a number of seconds'
  : 'This hook cannot block: its response has no retryAfterSeconds'

type MessageMistake<Given extends object, Kind extends string> = Given extends {
  message: infer Message
}
  ? Message extends ''
    ? `The message of a ${Kind} must not be empty: it is all that users see`
    : Message extends string
      ? never
      : 'The message is a string'
  : `A ${Kind} needs a message: it is all that users see`

/** Compares the fields of an object with those of the response, at a path that ends in a dot. */
type FieldsMistake<Given extends object, Wanted extends object, Path extends string> = First<
  NoSuchField<Exclude<keyof Given, keyof Wanted>, 'The response', Path>,
  string extends keyof Wanted
    ? ValueMistake<Given[keyof Given], Wanted[keyof Wanted], `${Path}*`>
    : {
        [Key in keyof Wanted & string]-?: Key extends keyof Given
          ? ValueMistake<Given[Key], Wanted[Key], `${Path}${Key}`>
          : undefined extends Wanted[Key]
            ? never
            : `The field ${Path}${Key} is missing`
      }[keyof Wanted & string]
>

type ValueMistake<Given, Wanted, Path extends string> =
  // An equal type may be recursive; a value of any or unknown is compared when it is there.
  IsAny<Given> extends true
    ? never
    : IsEqual<Given, Wanted> extends true
      ? never
      : unknown extends Wanted
        ? never
        : Given extends readonly (infer Item)[]
          ? [Extract<Wanted, readonly unknown[]>] extends [never]
            ? WrongType<Path>
            : Extract<Wanted, readonly unknown[]> extends readonly (infer WantedItem)[]
              ? ValueMistake<Item, WantedItem, `${Path}[]`>
              : WrongType<Path>
          : Given extends AnyFunction
            ? WrongType<Path>
            : Given extends object
              ? [ObjectsOf<Wanted>] extends [never]
                ? WrongType<Path>
                : FieldsMistake<Given, ObjectsOf<Wanted>, `${Path}.`>
              : Given extends Wanted
                ? never
                : WrongType<Path>

type ObjectsOf<Wanted> = Exclude<Extract<Wanted, object>, readonly unknown[]>
type WrongType<Path extends string> = `The field ${Path} is of another type`
type NoSuchField<Key, Owner extends string, Path extends string = ''> = Key extends string
  ? `${Owner} has no field ${Path}${Key}`
  : never

type AnyFunction = (...values: never[]) => unknown
type IsAny<Type> = 0 extends 1 & Type ? true : false
/** Whether two types are the same. One that has an additional optional field is assignable, but not the same. */
type IsEqual<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false
/** Whether an object has a value at the key. It has none when the type of the field is undefined. */
type IsSet<Given, Key extends PropertyKey> = Key extends keyof Given
  ? Given[Key] extends undefined
    ? false
    : true
  : false
// Where branches return different objects, the compiler gives each the fields of the others as undefined.
type SetKeys<Given> = {
  [Key in keyof Given]-?: IsSet<Given, Key> extends true ? Key : never
}[keyof Given]
/** The first mistake, or the second where there is no first. */
type First<Mistake, Other> = [Mistake] extends [never] ? Other : Mistake
/** One of several sentences. The compiler prints one as it is, but of several only the name of their type. */
type OneOf<Sentence> = (
  Sentence extends unknown
    ? (sentence: () => Sentence) => void
    : never
) extends (sentence: infer All) => void
  ? All extends () => infer One
    ? One
    : never
  : never
