import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import { createReport, type Report } from '../../../../src/dev/sandbox/report.ts'

function show(stream: { isTTY?: boolean; columns?: number }, tell: (report: Report) => void) {
  const output = Object.assign(new PassThrough(), stream)
  tell(createReport(output))
  output.end()
  // Without colours, and without the sign that clears a line.
  return text(output).then(stripVTControlCharacters)
}

it('keeps the status below the lines of a terminal', async () => {
  const shown = await show({ isTTY: true, columns: 12 }, ({ status, line }) => {
    status('a status that is too long')
    line('line')
    status('')
  })
  expect(shown).toBe('\ra status th\rline\na status th\r')
})

it('shows no status elsewhere', async () => {
  const shown = await show({}, ({ status, line }) => {
    status('working')
    line('line')
  })
  expect(shown).toBe('line\n')
})

it('goes on in further lines', async () => {
  const shown = await show({ columns: 20 }, ({ line }) => line('start', 'one', 'two three four'))
  expect(shown).toBe('start  one  two\n          three four\n')
})
