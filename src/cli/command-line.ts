import { readFileSync } from 'node:fs'
import process from 'node:process'
import { Command, CommanderError } from 'commander'
import { build } from './build.ts'
import { contract } from './contract.ts'
import { demo } from './demo.ts'
import { dev } from './dev.ts'
import { doctor } from './doctor.ts'
import { describeFailure } from './failure.ts'
import { guard } from './guard.ts'
import { init } from './init.ts'
import { manifests } from './manifests.ts'
import { openapi } from './openapi.ts'
import { render } from './render.ts'
import { sandbox } from './sandbox.ts'
import { simulate } from './simulate.ts'
import { types } from './types.ts'
import { UsageError } from './usage-error.ts'

/** Makes a command, which may set another exit code than 0. */
export type CreateCommand = (exit: (code: number) => void) => Command

/** One line each, in the order of the help. */
const commands: readonly CreateCommand[] = [
  init,
  types,
  dev,
  demo,
  sandbox,
  simulate,
  render,
  guard,
  build,
  openapi,
  manifests,
  doctor,
  contract,
]

/**
 * Runs the command of these arguments, and gives the exit code: 0 for success, 1 when the command found or met something
 * wrong, which is printed in one line, 2 for wrong arguments. Rejects with what is a bug. Those of guard are its own: a
 * wrong argument must not look like a change in place, which is 2.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let exitCode = 0
  const program = createProgram((code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' })
    return exitCode
  } catch (error) {
    // Help and version are printed by now.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const known = program.commands.find((command) => command.name() === args[0])
    const name = [program.name(), ...(known ? [known.name()] : [])].join(' ')
    process.stderr.write(`${describeFailure(error, name)}\n`)
    const isMisused = error instanceof CommanderError || error instanceof UsageError
    return isMisused && known?.name() !== 'guard' ? 2 : 1
  }
}

function createProgram(exit: (code: number) => void): Command {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const program = new Command('capi-extension')
    .description(
      'Cluster API runtime extensions in TypeScript: write them, see them called, ship them.',
    )
    .usage('<command> [options]')
    .version(JSON.parse(manifest).version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this text')
    .helpCommand(false)
    .configureHelp({ subcommandTerm: (command) => command.name() })
    // Errors are printed in one place.
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText(
      'after',
      `
capi-extension <command> --help tells more about a command.
The scripts of an extension call it: "npm run dev -- [options]". For the other commands: "npx capi-extension <command>".`,
    )
  for (const create of commands) program.addCommand(create(exit).copyInheritedSettings(program))
  return program
}
