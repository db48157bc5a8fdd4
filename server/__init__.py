"""Plenary's server, in floors; a floor imports those below it, never one above.

1 `protocol` the agreement; 2 `workshop` the pure core and `log` the stores; 3 `live` a workshop while it runs and
`exports` documents from state; 4 `web` the shell of routes and sockets; 5 `__main__` and `settings` the command.
"""
