import { readdirSync, readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'
import { gauge, type Metric } from './metrics.ts'

/** Metrics of the process and of Node's event loop, by the usual names of Prometheus clients. Starts to measure the loop. */
export function processMetrics(): Metric[] {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const lag = (name: string, nanoseconds: () => number) =>
    gauge(
      `nodejs_eventloop_lag_${name}_seconds`,
      'Delay of the event loop since the last scrape.',
      () => (delay.count === 0 ? 0 : nanoseconds() / 1e9),
    )
  const memory = (name: string, help: string, key: keyof NodeJS.MemoryUsage) =>
    gauge(name, help, () => process.memoryUsage()[key])
  const started = Date.now() / 1000 - process.uptime()
  return [
    gauge(
      'process_cpu_seconds_total',
      'User and system CPU time spent in seconds.',
      () => {
        const { user, system } = process.cpuUsage()
        return (user + system) / 1e6
      },
      { type: 'counter' },
    ),
    gauge('process_start_time_seconds', 'Start of the process since the epoch.', () => started),
    gauge('process_open_fds', 'Number of open file descriptors.', openFileDescriptors),
    gauge('process_max_fds', 'Limit of open file descriptors.', maxFileDescriptors),
    memory('process_resident_memory_bytes', 'Resident memory size in bytes.', 'rss'),
    memory('nodejs_heap_size_total_bytes', 'Size of the heap in bytes.', 'heapTotal'),
    memory('nodejs_heap_size_used_bytes', 'Used part of the heap in bytes.', 'heapUsed'),
    memory('nodejs_external_memory_bytes', 'Memory outside of the heap in bytes.', 'external'),
    lag('p50', () => delay.percentile(50)),
    lag('p99', () => delay.percentile(99)),
    lag('max', () => delay.max),
    gauge('nodejs_version_info', 'Version of Node.', () => 1, {
      labels: { version: process.version },
    }),
    () => {
      delay.reset()
      return []
    },
  ]
}

// Only Linux has /proc.
function openFileDescriptors(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return undefined
  }
}

function maxFileDescriptors(): number | undefined {
  try {
    return Number(/^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1])
  } catch {
    return undefined
  }
}
