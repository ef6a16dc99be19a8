#!/usr/bin/env node
import process from 'node:process'
import { runCommandLine } from './command-line.ts'

// Who reads the output may have seen enough, such as `head`.
process.stdout.on('error', () => process.exit(1))
// Sources of a project that were loaded may have left a timer behind.
process.exit(await runCommandLine(process.argv.slice(2)))
