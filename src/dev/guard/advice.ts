import type { Result } from './result.ts'

/** How Clusters keep a handler as it was while new ones get the edited one: a sentence and two lines to copy. */
export interface Advice {
  readonly text: string
  readonly lines: readonly { readonly file: string; readonly line: string }[]
}

/** One advice for each handler whose edit rolls out Machines. */
export function adviceFor(results: readonly Result[], extensionConfigName: string): Advice[] {
  const handlers = results.flatMap(({ hook, handler, verdict }) =>
    hook === 'GeneratePatches' && verdict === 'rolls out' && handler !== undefined ? [handler] : [],
  )
  return [...new Set(handlers)].map((handler) => {
    const added = nextName(handler)
    const identifier = added.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    return {
      text: `leave ${handler} as it was, and add the edited handler in src/hooks/${added}.ts, with the option { name: '${added}' }. Clusters get it when they go to a ClusterClass that names it.`,
      lines: [
        {
          file: 'src/hooks/index.ts',
          line: `${identifier}, // import ${identifier} from './${added}.ts'`,
        },
        {
          file: 'the new ClusterClass',
          line: `generatePatchesExtension: ${added}.${extensionConfigName}`,
        },
      ],
    }
  })
}

/** `generate-patches-v2` behind `generate-patches`, and `-v3` behind that. */
function nextName(handler: string): string {
  const [, stem = handler, number = '1'] = /^(.*)-v(\d+)$/.exec(handler) ?? []
  return `${stem}-v${Number(number) + 1}`
}
