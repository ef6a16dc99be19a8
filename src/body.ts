import { maxBodyBytes } from './contract/contract.ts'

/** Deepest nesting of lists and objects that a request may have; Kubernetes objects stay below 100. */
export const maxDepth = 1000

/** A body that is no request. The message is for the controller: deterministic, and it quotes nothing. */
export class BodyError extends Error {
  override name = 'BodyError'
}

/** A body that was read whole but makes no sense, as Go's server words it. */
export function unmarshallingError(reason: string): BodyError {
  return new BodyError(`error unmarshalling request: ${reason}`)
}

/** The text of a body. Rejects with BodyError when it is larger than 20 MiB or breaks off. */
export async function readBody(request: Request): Promise<string> {
  const tooLarge = `error reading request: the body is larger than ${maxBodyBytes} bytes`
  const length = request.headers.get('content-length')
  if (Number(length) > maxBodyBytes) throw new BodyError(tooLarge)
  try {
    if (length !== null || request.body === null) return await request.text()
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of request.body) {
      size += chunk.length
      if (size > maxBodyBytes) throw new BodyError(tooLarge)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString()
  } catch (error) {
    if (error instanceof BodyError) throw error
    throw new BodyError('error reading request: the body broke off')
  }
}

/** The JSON value of a body. Throws BodyError. An empty request is written `null` or `{}`. */
export function parseBody(body: string): object {
  if (depthExceeds(body, maxDepth))
    throw unmarshallingError(`nested deeper than ${maxDepth} levels`)
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    // V8's message quotes the body, which belongs in no condition and no log.
    throw unmarshallingError('the body is not JSON')
  }
  if (value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw unmarshallingError('the body is not a JSON object')
  return value
}

/** Looked at before JSON.parse, which takes seconds for millions of open brackets. */
function depthExceeds(text: string, limit: number): boolean {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x22: // a string: go on after its closing quote
        index = endOfString(text, index)
        break
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > limit) return true
        break
      case 0x5d: // ]
      case 0x7d: // }
        depth--
    }
  }
  return false
}

function endOfString(text: string, start: number): number {
  let end = start
  do {
    end = text.indexOf('"', end + 1)
    if (end === -1) return text.length
  } while (isEscaped(text, end))
  return end
}

function isEscaped(text: string, index: number): boolean {
  let first = index
  while (text.charCodeAt(first - 1) === 0x5c) first--
  return (index - first) % 2 === 1
}
