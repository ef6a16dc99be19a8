import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Rule, world } from './world.ts'

const project = new URL('../..', import.meta.url).pathname
const standIns = ['docker', 'kind', 'kubectl', 'clusterctl', 'curl', 'npm'] as const
// All that the scripts call beside them: part of every Linux and macOS.
const utilities =
  'awk base64 basename bash cat chmod cksum cp date df dirname env find grep head id ln ls mkdir mktemp mv rm sed sh sleep sort tail touch tr uname uniq'

/** What a script printed, and the calls of the stand-ins that it made. */
export interface Outcome {
  code: number | null
  output: string
  calls: string[]
}

/** A copy of the scripts and manifests in a folder of its own, with recording stand-ins for all that they call. */
export function openStage(options: { without?: readonly string[]; rules?: readonly Rule[] } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'scripts-'))
  const path = (...names: string[]) => join(directory, ...names)
  for (const folder of ['scripts', 'manifests', 'src/hooks'])
    cpSync(join(project, folder), path(folder), { recursive: true })
  for (const folder of ['bin', 'utilities']) mkdirSync(path(folder))
  for (const name of standIns.filter((tool) => !options.without?.includes(tool)))
    symlinkSync(join(project, 'test/scripts/stand-in.sh'), path('bin', name))
  for (const name of [...utilities.split(' '), 'sha256sum', 'shasum']) {
    const found = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
    const program = found.find((file) => existsSync(file))
    if (program) symlinkSync(program, path('utilities', name))
  }
  const rules = [...(options.rules ?? []), ...world, { pattern: '' }]
  const lines = rules.map(({ pattern, when = '', sets = '', code = 0, print = '' }: Rule) =>
    [pattern, when, sets, code, print].join('\x1f'),
  )
  writeFileSync(path('rules'), `${lines.join('\n')}\n`)
  const calls = () =>
    (existsSync(path('record')) ? readFileSync(path('record'), 'utf8') : '')
      .split('\n')
      .slice(0, -1)

  return {
    path,
    calls,
    /** Runs a script; `during` may interrupt it, and see what it has printed so far. */
    async run(
      command: string,
      during?: (signal: (name: NodeJS.Signals) => void, printed: () => string) => Promise<void>,
    ): Promise<Outcome> {
      writeFileSync(path('record'), '')
      const [script = '', ...args] = command.split(' ')
      const child = spawn(path('scripts', script), args, {
        env: { PATH: path('utilities'), STAGE: directory, TMPDIR: directory, HOME: directory },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (chunk) => {
          output += chunk
        })
      // As a terminal's Ctrl-C: to the script and all that it runs.
      await during?.(
        (name) => process.kill(-(child.pid ?? 0), name),
        () => output,
      )
      const [code] = await once(child, 'close')
      return { code, output, calls: calls() }
    },
  }
}

/** The calls that change something, in short. */
export function changes(calls: readonly string[]): string[] {
  return calls
    .filter((call) =>
      /^(docker (run|start|rm|network connect|build|push|exec \S+ sh)|kind (create|delete)|clusterctl (init|generate)|kubectl .*\b(apply|patch|annotate|delete) |npm)/.test(
        call,
      ),
    )
    .map((call) => call.replace(` --context kind-capi-sample-extension`, '').split('\n')[0] ?? '')
}
