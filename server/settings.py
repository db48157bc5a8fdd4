"""Settings, by flag or `PLENARY_…` variable. Every name is in `plenary serve --help`."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """How this process runs."""

    model_config = SettingsConfigDict(env_prefix="PLENARY_", frozen=True)

    host: str = "0.0.0.0"  # noqa: S104 - phones in the room must reach it
    port: int = Field(8000, ge=0, le=65_535)
    store: str = "plenary.db"
    """The SQLite file (its lock and the secret that signs links lie beside it), or `redis://…`, for many instances."""
    files: str = ""
    """Where files lie: a folder, or `s3://BUCKET/…` of any store that speaks S3; empty: beside the store's file."""
    public_url: str = ""
    """Where people reach this server, if not where it listens: `https://plenary.example.org`."""
    allowed_origins: tuple[str, ...] = ()
    """Other origins whose pages may open the live line."""
    trusted_proxies: str = "127.0.0.1"
    """Addresses or networks of load balancers, parted by commas, whose word for who asks is believed."""
    log_json: bool = False
    secret: str = ""
    """Signs links and tokens; empty: kept in a file beside the store. Instances on one Redis need the same."""
    risk: bool = False
    """Take a Redis that could lose what it is given ([LOG20])."""

    webhooks: Literal["off", "public", "everywhere"] = "public"
    """Whether other programs are told: not; by https on the public net; also by http and in this network ([HOOK6])."""

    retention_days: int = Field(0, ge=0, le=36_500)
    """A workshop is deleted so many days after its last entry; 0: only where its facilitator says so ([KEEP1])."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Those whose pages may open the live line besides the host that was asked: proxies may rename that."""
        own = urlsplit(self.public_url)
        return (*self.allowed_origins, *([f"{own.scheme}://{own.netloc}"] if own.netloc else []))
