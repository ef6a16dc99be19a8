import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
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

/** A script that has not ended yet. */
export interface Running {
  /** Signals it and all that it runs, as a terminal does: Ctrl-C unless another is given. */
  interrupt(name?: NodeJS.Signals): void
  /** Signals it alone. */
  kill(name: NodeJS.Signals): void
  printed(): string
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
    /** Puts another program in the place of a stand-in. */
    replace(name: (typeof standIns)[number], script: string) {
      rmSync(path('bin', name))
      writeFileSync(path('bin', name), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 })
    },
    /** Runs a script; `during` may interrupt it, and see what it has printed so far. */
    async run(command: string, during?: (running: Running) => Promise<void>): Promise<Outcome> {
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
      const pid = child.pid ?? 0
      await during?.({
        interrupt: (name = 'SIGINT') => process.kill(-pid, name),
        kill: (name) => process.kill(pid, name),
        printed: () => output,
      })
      const [code] = await once(child, 'close')
      return { code, output, calls: calls() }
    },
  }
}

/** The calls that change something, in short. */
export function changes(calls: readonly string[]): string[] {
  return calls
    .filter((call) =>
      /^(docker (run|start|rm|network connect|build|push|exec \S+ sh)|kind (create|delete)|clusterctl (init|generate)|kubectl .*\b(apply|patch|annotate|delete|rollout restart) |npm)/.test(
        call,
      ),
    )
    .filter((call) => !/ --dry-run| wait /.test(call))
    .map((call) => call.replace(` --context kind-capi-sample-extension`, '').split('\n')[0] ?? '')
}
