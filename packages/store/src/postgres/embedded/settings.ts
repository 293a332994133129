import { totalmem } from 'node:os'

const megabyte = 2 ** 20

/**
 * Settings of the embedded server, for bulk loads by few connections. Data checksums are on (initdb's default). The log keeps
 * what happened to the server and no statement or value, which may be people's data: hence log_min_messages=log.
 */
export function serverSettings(freeBytes: number): Record<string, string> {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity)
  const sharedBuffers = clamp(memory / 4, 64 * megabyte, 1024 * megabyte)
  // Write-ahead log between two checkpoints: more is faster, but must leave the disk to the data.
  const maxWal = clamp(freeBytes / 4, 256 * megabyte, 8192 * megabyte)
  return {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    cluster_name: 'longshore',
    max_connections: '100',
    shared_buffers: inMegabytes(sharedBuffers),
    effective_cache_size: inMegabytes(memory / 2),
    work_mem: '32MB',
    maintenance_work_mem: inMegabytes(clamp(memory / 16, 64 * megabyte, 256 * megabyte)),
    wal_level: 'minimal',
    max_wal_senders: '0',
    // Measured on two cores: an UPDATE of 400 000 indexed rows after a checkpoint took 7.9–9.7 CPU s with off, 10.4–16.9 with pglz, and
    // wrote 456–509 against 345–476 MB of log; a COPY of 320 000 rows wrote 118 against 113 MB. Processor time is what imports lack.
    wal_compression: 'off',
    max_wal_size: inMegabytes(maxWal),
    min_wal_size: inMegabytes(clamp(maxWal / 8, 80 * megabyte, 1024 * megabyte)),
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    effective_io_concurrency: '32',
    jit: 'off',
    // A process that was killed leaves its statement running; the server notices within this time instead of at the statement's end.
    client_connection_check_interval: '1s',
    // One schema per organization means many tables in one transaction of a migration.
    max_locks_per_transaction: '256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    log_connections: '',
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

function inMegabytes(bytes: number): string {
  return `${Math.floor(bytes / megabyte)}MB`
}
