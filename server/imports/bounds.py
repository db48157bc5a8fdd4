"""What a process that reads what came from outside may use at most ([IMP4] [ARCH7])."""


def bound(memory: int, seconds: int) -> None:
    """So many bytes, and so many seconds of work; then it is killed. Where the system can bound a process."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
