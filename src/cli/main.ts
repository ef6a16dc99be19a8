#!/usr/bin/env node
import process from 'node:process'
import { runCommandLine } from './command-line.ts'

// Who reads the output may have seen enough, such as `head`.
process.stdout.on('error', () => process.exit(1))
let hasEnded = false
// A handler may end the process, which must not look like success.
process.on('exit', (code) => {
  if (hasEnded || code !== 0) return
  process.stderr.write(
    'The sources of the extension ended this process, with process.exit or without an end: the command is not done\n',
  )
  process.exitCode = 1
})
const exitCode = await runCommandLine(process.argv.slice(2))
hasEnded = true
// Sources of a project that were loaded may have left a timer behind.
process.exit(exitCode)
