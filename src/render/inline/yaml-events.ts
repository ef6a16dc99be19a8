import { CHOMPING_MODE, COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml'
import { UnknownToTemplates } from './go-template/errors.ts'

type ScalarEvent = Extract<Event, { valueStart: number }>

/**
 * The events of a YAML text as Go's reader (go-yaml v2) has them. Throws UnknownToTemplates where the
 * two readers may differ: it reads YAML 1.1, with a few rules of its own.
 */
export function asGoReads(text: string, events: readonly Event[]): Event[] {
  const flows: boolean[] = []
  let structure = ''
  let end = 0
  for (const [index, event] of events.entries()) {
    checkProperties(event)
    if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING)
      flows.push(event.style === COLLECTION_STYLE.FLOW)
    else if (event.type === EVENT_ID.DOCUMENT) flows.push(false)
    else if (event.type === EVENT_ID.POP) flows.pop()
    else if (event.type === EVENT_ID.SCALAR) {
      checkScalar(text, event, flows.at(-1) === true)
      if (isBlock(event) && events[index - 1]?.type === EVENT_ID.DOCUMENT)
        throw unknown('a block of text that is not below a key')
      structure += text.slice(end, event.valueStart)
      end = event.valueEnd
    }
  }
  structure += text.slice(end)
  if (structure.replace(/#.*$/gm, '').includes('\t')) throw unknown('a tab between words')
  return events.map((event) => withoutAddedBreak(text, event))
}

function checkProperties(event: Event): void {
  if (event.type === EVENT_ID.ALIAS) throw unknown('an alias')
  if (event.type === EVENT_ID.DOCUMENT && (event.explicitEnd || event.directives.length > 0))
    throw unknown('the end of a document, or a directive')
  if (!('anchorStart' in event)) return
  if (event.anchorStart >= 0) throw unknown('an anchor')
  if (event.tagStart >= 0) throw unknown('a tag')
}

function checkScalar(text: string, event: ScalarEvent, isInFlow: boolean): void {
  const source = text.slice(event.valueStart, event.valueEnd)
  if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && /^(?:[^\\]|\\[^/])*\\\//.test(source))
    throw unknown('the escape \\/')
  if (!isInFlow) return
  const isQuoted = event.style !== SCALAR_STYLE.PLAIN
  const after = text.slice(event.valueEnd, event.valueEnd + 2)
  if (/\n/.test(source) || (!isQuoted && /\?|^:/.test(source)) || /^:[,[\]{}]/.test(after))
    throw unknown(`${source} in brackets or braces`)
}

function isBlock({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK
}

// A block at the end of a text without a line break has none either, whatever its chomping.
function withoutAddedBreak(text: string, event: Event): Event {
  if (event.type !== EVENT_ID.SCALAR || !isBlock(event) || event.valueEnd < text.length)
    return event
  const lastLine = text.slice(text.lastIndexOf('\n') + 1)
  return lastLine.length > event.indent ? { ...event, chomping: CHOMPING_MODE.STRIP } : event
}

function unknown(what: string): UnknownToTemplates {
  return new UnknownToTemplates(`${what} in the YAML that it gives`)
}
