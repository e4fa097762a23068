"""How the embedded server is set: small when idle, durable, quick for many short questions on few cores."""

from pathlib import Path

SMALL_AND_DURABLE = {
    "shared_buffers": "128MB",
    "max_connections": "120",  # a worker holds up to some twenty, and there may be several
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "huge_pages": "off",
    "jit": "off",
    "io_method": "sync",  # saves three processes; worth it again on slow disks only
    "max_worker_processes": "4",
    "max_logical_replication_workers": "0",
    "wal_level": "replica",
    "max_parallel_workers_per_gather": "0",  # two cores shared with the web: one question, one core
    "update_process_title": "off",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "cluster_name": "handrail",
}
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def options(*, socket_folder: Path, tcp_port: int | None, durable: bool) -> dict[str, str]:
    """The server's options, given on its command line so that they follow the program, not the data."""
    chosen = SMALL_AND_DURABLE | ({} if durable else FOR_TESTS)
    chosen["unix_socket_directories"] = str(socket_folder)
    chosen["listen_addresses"] = "127.0.0.1" if tcp_port else ""
    chosen["port"] = str(tcp_port or 5432)
    return chosen
