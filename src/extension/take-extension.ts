import type { ServeOptions } from './serve.ts'

// The project and the command that loads it may have the module twice: as sources and as a package.
const taker = Symbol.for('capi-extension.taker')

/**
 * Gives the extension to whoever loads the project's main.ts without serving it, such as the command `build`; false when
 * it is to be served.
 */
export function takeExtension(options: ServeOptions): boolean {
  const take: unknown = Reflect.get(globalThis, taker)
  if (typeof take !== 'function') return false
  take(options)
  return true
}

/** What the main.ts of a project hands to `serve`, without serving it. Rejects as the project does when it is loaded. */
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
