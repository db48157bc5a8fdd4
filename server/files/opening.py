"""Which store of files a setting names ([FILE7])."""

from .store import Store


def beside(store: str) -> str:
    """The folder beside a store's file."""
    return f"{store}.files"


def files_of(setting: str, store: str, *, shared: bool) -> Store | None:
    """The one that is set, or the folder beside the store's file; None where a store is shared and none is set."""
    if setting:
        return Store(setting)
    return None if shared else Store(beside(store))
