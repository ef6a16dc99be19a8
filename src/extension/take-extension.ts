import type { ServeOptions } from './serve-options.ts'

/** Stands in each bundle whose extension can be taken. */
export const takerName = 'capi-extension.taker'

// A project and the command that loads it may load this module twice: from the sources and from the package.
const taker = Symbol.for(takerName)

/**
 * Gives the extension to the command that loads the main.ts of a project without serving it, such as `build`. False when
 * there is none, and the extension is to be served.
 */
export function takeExtension(options: ServeOptions): boolean {
  const take: unknown = Reflect.get(globalThis, taker)
  if (typeof take !== 'function') return false
  take(options)
  return true
}

/** What the main.ts of a project gives to `serve`, without serving it. Rejects when the main.ts itself throws. */
export async function loadExtension(mainUrl: string): Promise<ServeOptions | undefined> {
  let taken: ServeOptions | undefined
  Reflect.set(globalThis, taker, (options: ServeOptions) => {
    taken = options
  })
  try {
    await import(mainUrl)
  } finally {
    Reflect.deleteProperty(globalThis, taker)
  }
  return taken
}
